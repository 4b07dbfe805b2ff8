namespace ModelDsl;

/// <summary>Arithmetic of numbers that are given by their logarithms, -∞ for 0: they may be beyond what a double
/// holds.</summary>
internal static class LogSpace
{
    // Up to here the series of erf loses at most two digits against 1; beyond it the fraction of erfc converges
    // quickly.
    private const double LargestForSeries = 2;

    /// <summary>log(1 + x), exact for small x too. The rounding of 1 + x cancels in the quotient (Kahan).</summary>
    public static double OnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>log(eˣ + eʸ).</summary>
    public static double Sum(double x, double y)
    {
        double larger = Math.Max(x, y);
        return double.IsNegativeInfinity(larger) ? larger : larger + OnePlus(Math.Exp(Math.Min(x, y) - larger));
    }

    /// <summary>log(eˣ - eʸ); -∞ where rounding has made the difference negative.</summary>
    public static double Difference(double x, double y) =>
        x <= y ? double.NegativeInfinity : x + OnePlus(-Math.Exp(y - x));

    /// <summary>
    /// log erfc(x), the tail 2/√π ∫ₓ^∞ e^(-t²) dt of the normal distribution, exact to about 13 digits, also where
    /// erfc(x) itself is below the smallest double.
    /// </summary>
    public static double Erfc(double x) => x switch
    {
        > LargestForSeries => ErfcByFraction(x),
        >= 0 => OnePlus(-Erf(x)),

        // erfc(x) = 2 - erfc(-x)
        _ => Math.Log(2) + OnePlus(-0.5 * Math.Exp(Erfc(-x))),
    };

    // erf(x) = 2/√π·e^(-x²)·Σ 2ⁿ·x^(2n+1)/(1·3·…·(2n+1)): all terms are positive. Abramowitz and Stegun, 7.1.6.
    private static double Erf(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc(x) = e^(-x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the inside. Abramowitz and Stegun,
    // 7.1.14.
    private static double ErfcByFraction(double x)
    {
        const int Depth = 120;
        double fraction = x;
        for (int n = Depth; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return (-x * x) - (0.5 * Math.Log(Math.PI)) - Math.Log(fraction);
    }
}
