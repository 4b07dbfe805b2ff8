namespace ModelDsl;

/// <summary>
/// The Rényi divergence of the subsampled Gaussian mechanism: noise N(0, σ²) on a sum of terms of norm 1, each of which
/// takes part with probability q. Mironov, Talwar and Zhang, "Rényi Differential Privacy of the Sampled Gaussian
/// Mechanism" (2019), section 3.3.
/// </summary>
/// <remarks>
/// Everything is computed with logarithms, since the terms of the sums differ by hundreds of orders of magnitude.
/// </remarks>
internal static class SubsampledGaussian
{
    // Terms below e^-30 of a sum that is at least 1/2 do not change a double that matters. As Opacus and TensorFlow
    // Privacy.
    private const double SmallestLog = -30;

    private const double SmallestNoise = 0.01;

    /// <summary>The divergence of order <paramref name="order"/> for one step; infinite without noise.</summary>
    /// <param name="sampleRate">The probability q that a sample takes part, in [0, 1].</param>
    /// <param name="noiseMultiplier">The noise's standard deviation σ over the norm of a term, at least 0.</param>
    /// <param name="order">The order, above 1.</param>
    public static double Divergence(double sampleRate, double noiseMultiplier, double order)
    {
        if (sampleRate == 0)
        {
            return 0;
        }

        if (noiseMultiplier == 0 || double.IsPositiveInfinity(order))
        {
            return double.PositiveInfinity;
        }

        // Without sampling a step reveals more, and of next to no noise not much more; the series would not end in
        // doubles.
        if (sampleRate == 1 || noiseMultiplier < SmallestNoise)
        {
            return order / (2 * noiseMultiplier * noiseMultiplier);
        }

        double log = double.IsInteger(order)
            ? LogOfIntegerMoment(sampleRate, noiseMultiplier, (int)order)
            : LogOfMoment(sampleRate, noiseMultiplier, order);
        return log / (order - 1);
    }

    // log A(α) = log Σᵢ binom(α, i)·(1-q)^(α-i)·qⁱ·e^((i²-i)/2σ²)
    private static double LogOfIntegerMoment(double q, double sigma, int order)
    {
        double sum = double.NegativeInfinity;
        double logOfBinomial = 0;
        for (int i = 0; i <= order; i++)
        {
            double term = logOfBinomial + (i * Math.Log(q)) + ((order - i) * LogSpace.OnePlus(-q))
                + (((double)i * i) - i) / (2 * sigma * sigma);
            sum = LogSpace.Sum(sum, term);
            logOfBinomial += Math.Log((order - i) / (i + 1.0));
        }

        return sum;
    }

    // The same for any α: the integral is cut at z0, where both densities are equal, and each half is an infinite
    // series.
    private static double LogOfMoment(double q, double sigma, double order)
    {
        double left = double.NegativeInfinity;
        double right = double.NegativeInfinity;
        double cut = (sigma * sigma * Math.Log((1 / q) - 1)) + 0.5;
        double logOfBinomial = 0;
        bool isPositive = true;
        for (int i = 0; ; i++)
        {
            double j = order - i;
            double leftTerm = logOfBinomial + (i * Math.Log(q)) + (j * LogSpace.OnePlus(-q))
                + ((((double)i * i) - i) / (2 * sigma * sigma)) + LogOfHalfErfc((i - cut) / (Math.Sqrt(2) * sigma));
            double rightTerm = logOfBinomial + (j * Math.Log(q)) + (i * LogSpace.OnePlus(-q))
                + (((j * j) - j) / (2 * sigma * sigma)) + LogOfHalfErfc((cut - j) / (Math.Sqrt(2) * sigma));
            left = isPositive ? LogSpace.Sum(left, leftTerm) : LogSpace.Difference(left, leftTerm);
            right = isPositive ? LogSpace.Sum(right, rightTerm) : LogSpace.Difference(right, rightTerm);
            if (Math.Max(leftTerm, rightTerm) < SmallestLog)
            {
                return LogSpace.Sum(left, right);
            }

            // binom(α, i + 1) = binom(α, i)·(α - i)/(i + 1), which changes its sign with each i beyond α.
            isPositive ^= j < 0;
            logOfBinomial += Math.Log(Math.Abs(j) / (i + 1.0));
        }
    }

    private static double LogOfHalfErfc(double x) => LogSpace.Erfc(x) - Math.Log(2);
}
