namespace ModelDsl.Tests.Reference;

/// <summary>
/// Outputs and gradients of mixed precision against double precision that rounds where the documentation says, and
/// nowhere else. So no more than the error of single precision is left.
/// </summary>
internal static class RoundedReference
{
    private const double Tolerance = 2e-5;

    /// <summary>Computes outputs, and gradients by the name of their parameter.</summary>
    /// <param name="batch">What is computed.</param>
    /// <param name="whole">A parameter of the model.</param>
    /// <param name="rounded">A parameter as products take it.</param>
    /// <param name="round">What is made of a value that one operation hands to another.</param>
    public delegate (double[] Outputs, Dictionary<string, double[]> Gradients) Computation(
        Batch batch, Func<string, double[]> whole, Func<string, double[]> rounded, Func<double, double> round);

    /// <summary>Compares a training step, with the first batch of which no value may be rounded either way.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The number of samples.</param>
    /// <param name="compute">The reference.</param>
    public static void Check(IModel model, int size, Computation compute)
    {
        Precision precision = model.Description.Precision;
        for (int seed = 1; ; seed++)
        {
            Assert.InRange(seed, 1, 1_000);
            Batch batch = Batch.Draw(model.Description, size, seed).First();
            bool isOpen = false;
            (double[] outputs, Dictionary<string, double[]> gradients) = compute(batch, Whole, Rounded, Round);
            if (isOpen)
            {
                continue;
            }

            model.ComputeGradients(batch.Samples, batch.Targets);
            AssertClose(outputs, model.Outputs);
            Assert.Equal(
                model.Description.Parameters.Select(parameter => parameter.Name).Order(), gradients.Keys.Order());
            foreach (ParameterDescription parameter in model.Description.Parameters)
            {
                AssertClose(gradients[parameter.Name], model.Gradients.Slice(parameter.Offset, parameter.Shape.Count));
            }

            return;

            double Round(double value)
            {
                isOpen |= Rounding.IsOpen(precision, value);
                return Rounding.Of(precision, value);
            }
        }

        // What the model rounds is exactly this, however near the middle it lies.
        double[] Rounded(string name) => Each(Whole(name), value => Rounding.Of(precision, value));

        double[] Whole(string name)
        {
            ParameterDescription parameter = model.Description.Parameters.Single(parameter => parameter.Name == name);
            float[] values = model.Parameters.Slice(parameter.Offset, parameter.Shape.Count).ToArray();
            return [.. values.Select(value => (double)value)];
        }
    }

    public static double[] Each(double[] values, Func<double, double> function) => [.. values.Select(function)];

    /// <summary>The same number, once for each row.</summary>
    public static double[] Ones(int rows) => [.. Enumerable.Repeat(1.0, rows)];

    /// <summary>input · weightᵀ + bias.</summary>
    public static double[] Dense(double[] input, double[] weight, double[] bias, int rows)
    {
        int columns = input.Length / rows;
        double[] result = new double[rows * bias.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int output) = Math.DivRem(i, bias.Length);
            result[i] = bias[output] + Enumerable.Range(0, columns)
                .Sum(k => input[(row * columns) + k] * weight[(output * columns) + k]);
        }

        return result;
    }

    /// <summary>gradient · weight.</summary>
    public static double[] Times(double[] gradient, double[] weight, int outputs, int rows)
    {
        int columns = weight.Length / outputs;
        double[] result = new double[rows * columns];
        for (int i = 0; i < result.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            result[i] = Enumerable.Range(0, outputs)
                .Sum(k => gradient[(row * outputs) + k] * weight[(k * columns) + column]);
        }

        return result;
    }

    /// <summary>gradientᵀ · input.</summary>
    public static double[] Product(double[] gradient, double[] input, int outputs, int rows)
    {
        int columns = input.Length / rows;
        double[] result = new double[outputs * columns];
        for (int i = 0; i < result.Length; i++)
        {
            (int output, int column) = Math.DivRem(i, columns);
            result[i] = Enumerable.Range(0, rows)
                .Sum(row => gradient[(row * outputs) + output] * input[(row * columns) + column]);
        }

        return result;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs) + 1e-6;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance * scale);
        }
    }
}
