namespace ModelDsl;

/// <summary>Draws with which sample another is mixed, and how much of each there is.</summary>
internal sealed class MixupAugmentation(float alpha) : Augmentation
{
    /// <summary>The sample to mix with, and the part λ of the sample itself.</summary>
    public (int Partner, float Part) Draw(Philox random, int count)
    {
        int partner = random.NextInt32(count);

        // X / (X + Y) of two variables from Gamma(α, 1) has the distribution Beta(α, α).
        double own = Gamma(random, alpha);
        double other = Gamma(random, alpha);
        double sum = own + other;
        return (partner, sum > 0 ? (float)(own / sum) : random.NextInt32(2));
    }

    /// <summary>
    /// Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000); below 1 by their note that
    /// Gamma(α + 1)·U^(1/α) has the distribution Gamma(α).
    /// </summary>
    private static double Gamma(Philox random, double shape)
    {
        if (shape < 1)
        {
            double uniform = 1 - (double)random.NextSingle();
            return Gamma(random, shape + 1) * Math.Pow(uniform, 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        Span<float> normal = stackalloc float[1];
        while (true)
        {
            random.FillNormal(normal, mean: 0f, standardDeviation: 1f);
            double root = 1 + (c * normal[0]);
            double v = root * root * root;
            double u = 1 - (double)random.NextSingle();
            if (v > 0 && Math.Log(u) < (0.5 * normal[0] * normal[0]) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
