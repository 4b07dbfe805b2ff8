namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceGelu(GeluAttribute attribute) : IReferenceLayer<GeluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x * (attribute.Approximate ? ApproximateDistribution(x) : Distribution(x)))];

    private static double ApproximateDistribution(double x) =>
        0.5 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    /// <summary>
    /// Φ(x) = 1/2 + φ(x)·Σ x^(2n+1) / (1·3·5···(2n+1)), which converges for every x and loses no digits for the moderate
    /// ones of a test. Abramowitz and Stegun, 26.2.11.
    /// </summary>
    private static double Distribution(double x)
    {
        // What is left beyond is less than 1e-30.
        if (Math.Abs(x) > 12)
        {
            return x > 0 ? 1 : 0;
        }

        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
