namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Functions in double precision that the class library lacks.</summary>
internal static class ReferenceMath
{
    /// <summary>
    /// erf x: below 3 by its power series 2/√π·e^-x²·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, beyond it by the continued fraction of erfc.
    /// </summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < 1e-9)
        {
            return 2 / Math.Sqrt(Math.PI) * x;
        }

        if (magnitude > 6)
        {
            return Math.Sign(x);
        }

        if (magnitude < 3)
        {
            double term = magnitude;
            double sum = term;
            for (int n = 1; n < 200 && term > sum * 1e-18; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        double fraction = magnitude;
        for (int n = 120; n > 0; n--)
        {
            fraction = magnitude + (n / 2.0 / fraction);
        }

        return Math.Sign(x) * (1 - (Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction)));
    }

    /// <summary>log(1 + x), which for small x does not lose what 1 + x would round away.</summary>
    public static double LogOnePlus(double x)
    {
        double rounded = 1 + x;
        return rounded == 1 ? x : Math.Log(rounded) * x / (rounded - 1);
    }
}
