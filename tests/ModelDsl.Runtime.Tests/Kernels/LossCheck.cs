namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Compares a loss and its gradient with a formula in double precision.</summary>
internal static class LossCheck
{
    public delegate float Gradient(FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int columns);

    public delegate float Value(FloatSpan outputs, Targets targets, int batch, int columns);

    /// <summary>A loss of values in [0, 1) against the formula of a row, at all widths around a vector.</summary>
    public static void Values(
        Value evaluate, Gradient withGradient, Func<double[], double[], double> formula, bool perElement)
    {
        const int Batch = 3;
        for (int columns = perElement ? 0 : 1; columns <= 70; columns++)
        {
            float[] targets = new float[Batch * columns];
            new Philox(5).FillUniform(targets, 0f, 1f);
            double[] targetValues = [.. targets.Select(value => (double)value)];
            double scale = perElement ? Batch * Math.Max(columns, 1) : Batch;
            Check(
                y => evaluate(y, targets, Batch, columns),
                (y, g) => withGradient(y, targets, g, Batch, columns),
                y => Enumerable.Range(0, Batch).Sum(row =>
                    formula(Row(y, row, columns), Row(targetValues, row, columns))) / scale,
                Batch * columns);
        }
    }

    /// <summary>A loss of labels against the formula of a row, at all widths around a vector.</summary>
    public static void Labels(
        Value evaluate, Gradient withGradient, Func<double[], int, double> formula, int fewest)
    {
        const int Batch = 4;
        for (int columns = fewest; columns <= 70; columns++)
        {
            int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i * 7 % columns)];
            Check(
                y => evaluate(y, labels, Batch, columns),
                (y, g) => withGradient(y, labels, g, Batch, columns),
                y => Enumerable.Range(0, Batch).Average(row => formula(Row(y, row, columns), labels[row])),
                Batch * columns);
        }
    }

    /// <summary>A loss and its gradient against a formula in double precision, with operands between guard pages.</summary>
    public static void Check(
        Func<FloatSpan, float> evaluate,
        Func<FloatSpan, FloatSpan, float> withGradient,
        Func<double[], double> formula,
        int count)
    {
        const double Step = 1e-5;
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(count, count, -3f, 3f);
        FloatSpan gradient = memory.Zeros(count);
        double[] values = [.. y.AsSpan().ToArray().Select(value => (double)value)];
        double expected = formula(values);
        Assert.Equal(expected, evaluate(y), 1e-6 * Math.Max(10, Math.Abs(expected)));
        Assert.Equal(evaluate(y), withGradient(y, gradient));
        for (int i = 0; i < count; i += 1 + (count / 40))
        {
            double value = values[i];
            values[i] = value + Step;
            double above = formula(values);
            values[i] = value - Step;
            double below = formula(values);
            values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-5);
        }
    }

    public static double[] Row(double[] matrix, int row, int columns) => matrix[(row * columns)..((row + 1) * columns)];
}
