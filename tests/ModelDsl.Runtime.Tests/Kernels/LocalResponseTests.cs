namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Elements divided by their neighbours, beside the formula in double precision and its differences.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class LocalResponseTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 3)]
    [InlineData(2, 7, 4)]
    [InlineData(5, 16, 5)]
    [InlineData(2, 17, 2)]
    [InlineData(3, 4, 9)]
    [InlineData(2, 3, 1000)]
    [InlineData(700, 33, 5)]
    public void Rows_and_their_gradients_are_those_of_the_formula(int rows, int columns, int size)
    {
        const float Alpha = 0.7f, Beta = 0.75f, K = 1.25f;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(rows * columns, 1, -3f, 3f), gradient = memory.Random(rows * columns, 2);
        FloatSpan y = memory.Zeros(rows * columns), inputGradient = memory.Zeros(rows * columns);
        double[] values = [.. x.AsSpan().ToArray().Select(value => (double)value)];
        double[] slopes = [.. gradient.AsSpan().ToArray().Select(value => (double)value)];
        ThreadSettings.ForEachCount([1, 2, 3], _ =>
        {
            LocalResponse.Forward(x, y, rows, columns, size, Alpha, Beta, K, Epilogue.None);
            LocalResponse.Backward(x, gradient, inputGradient, rows, columns, size, Alpha, Beta, K, Epilogue.None);
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i] * Math.Pow(Scale(values, i), -Beta), y[i], 1e-5);
                Assert.Equal(Gradient(i), inputGradient[i], 1e-5);
            }
        });

        double Scale(double[] all, int index)
        {
            int column = index % columns, row = index - column;
            int first = Math.Max(0, column - (size / 2)), last = Math.Min(columns - 1, column + ((size - 1) / 2));
            return K + (Alpha / size * Enumerable.Range(first, last - first + 1).Sum(c => all[row + c] * all[row + c]));
        }

        double Gradient(int index)
        {
            const double Step = 1e-5;
            int row = index / columns * columns;
            double Loss(double step)
            {
                values[index] += step;
                double loss = Enumerable.Range(row, columns)
                    .Sum(i => slopes[i] * values[i] * Math.Pow(Scale(values, i), -Beta));
                values[index] -= step;
                return loss;
            }

            return (Loss(Step) - Loss(-Step)) / (2 * Step);
        }
    }

    [Fact]
    public void Extreme_elements_reach_their_neighbours_only()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Of([1f, float.NaN, 1f, 1f, 1e30f, 1f, 1f, float.PositiveInfinity, 0f]),
            y = memory.Zeros(9);
        LocalResponse.Forward(x, y, 1, 9, 3, 1f, 0.75f, 1f, Epilogue.None);
        Assert.Equal([0, 1, 2, 7], Enumerable.Range(0, 9).Where(i => float.IsNaN(y[i])));
        Assert.Equal([0f, 0f, 0f, 0f, 0f], new[] { y[3], y[4], y[5], y[6], y[8] });
        LocalResponse.Backward(memory.Of([.. Enumerable.Repeat(1f, 9)]), x, y, 1, 9, 3, 1f, 0.75f, 1f, Epilogue.None);
        Assert.Equal([0, 1, 2, 7], Enumerable.Range(0, 9).Where(i => float.IsNaN(y[i])));
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(20), y = memory.Random(20, 1);
        LocalResponse.Forward(x, y, 4, 5, 3, 1f, 0.75f, 2f, Epilogue.None);
        Assert.Equal(new float[20], y.AsSpan().ToArray());
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(4);
        Assert.ThrowsAny<ArgumentException>(() => LocalResponse.Forward(x, x, 1, 5, 3, 1f, 0.75f, 1f, Epilogue.None));
        Assert.ThrowsAny<ArgumentException>(() => LocalResponse.Forward(x, x, 1, 4, 0, 1f, 0.75f, 1f, Epilogue.None));
        Assert.ThrowsAny<ArgumentException>(() =>
            LocalResponse.Backward(x, x, x, 2, 4, 3, 1f, 0.75f, 1f, Epilogue.None));
    }
}
