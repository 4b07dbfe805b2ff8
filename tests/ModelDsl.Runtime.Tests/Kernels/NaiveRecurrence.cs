namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The recurrent layers by their definitions, in double precision, for the outputs of all steps.</summary>
internal sealed class NaiveRecurrence(
    int batch, int steps, int units, bool reverse, Func<int, bool>? isPadding = null)
{
    /// <summary>
    /// The outputs, with a function that makes unit i of W·x + b, U·h and h; what it returns second is the unit's state.
    /// </summary>
    public double[] Forward(
        FloatSpan projected,
        FloatSpan weight,
        int gates,
        Func<double[], double[], double, double, (double Hidden, double State)> next)
    {
        double[] result = new double[batch * steps * units];
        for (int sample = 0; sample < batch; sample++)
        {
            double[] hidden = new double[units];
            double[] states = new double[units];
            for (int number = 0; number < steps; number++)
            {
                int row = (sample * steps) + (reverse ? steps - 1 - number : number);
                if (isPadding?.Invoke(row) == true)
                {
                    hidden.CopyTo(result, row * units);
                    continue;
                }

                double[] before = hidden;
                hidden = new double[units];
                for (int i = 0; i < units; i++)
                {
                    double[] x = [.. Enumerable.Range(0, gates).Select(gate => (double)projected[(((row * gates) + gate) * units) + i])];
                    double[] products = [.. Enumerable.Range(0, gates).Select(gate =>
                        Enumerable.Range(0, units).Sum(k => before[k] * weight[(((gate * units) + i) * units) + k]))];
                    (hidden[i], states[i]) = next(x, products, before[i], states[i]);
                    result[(row * units) + i] = hidden[i];
                }
            }
        }

        return result;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
