namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class PreluTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Output_and_gradients_match_the_formulas_for_1_to_40_columns(bool isShared)
    {
        foreach (int rows in (int[])[1, 3, 130])
        {
            for (int columns = 1; columns <= 40; columns++)
            {
                Check(rows, columns, isShared ? 1 : columns);
            }
        }
    }

    [Fact]
    public void Gradient_of_the_slopes_may_be_added_to_what_is_there()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Of([-1f, 2f, -3f, -4f]), g = memory.Of([1f, 1f, 2f, 3f]);
        FloatSpan each = memory.Of([10f, 20f]), shared = memory.Of([10f]);
        PreluSlopes.Gradient(g, x, each, 2, 2, accumulate: true);
        PreluSlopes.Gradient(g, x, shared, 2, 2, accumulate: true);
        Assert.Equal([3f, 8f], each.AsSpan().ToArray());
        Assert.Equal([-9f], shared.AsSpan().ToArray());
    }

    [Fact]
    public void Batch_without_rows_gives_no_gradient()
    {
        using var memory = new KernelMemory();
        FloatSpan slopes = memory.Of([5f, 5f]);
        PreluSlopes.Gradient(default, default, slopes, 0, 2);
        Assert.Equal([0f, 0f], slopes.AsSpan().ToArray());
        Assert.Throws<ArgumentException>(() => PreluSlopes.Gradient(slopes, slopes, slopes, 2, 2));
    }

    private static void Check(int rows, int columns, int slopeCount)
    {
        using var memory = new KernelMemory();
        int count = rows * columns;
        FloatSpan x = memory.Random(count, count), g = memory.Random(count, count + 1), slopes = memory.Random(slopeCount, 3);
        FloatSpan y = memory.Zeros(count), dx = memory.Zeros(count), slopeGradient = memory.Zeros(slopeCount);
        Elementwise.Apply(x, y, rows, columns, Epilogue.Of(new Prelu(slopes)));
        Elementwise.Apply(g, dx, rows, columns, Epilogue.Of(new PreluGradient(x, columns, slopes)));
        PreluSlopes.Gradient(g, x, slopeGradient, rows, columns);
        double[] expected = new double[slopeCount];
        for (int i = 0; i < count; i++)
        {
            float slope = slopes[i % columns % slopeCount];
            Assert.Equal(x[i] > 0 ? x[i] : slope * x[i], y[i]);
            Assert.Equal(x[i] > 0 ? g[i] : slope * g[i], dx[i]);
            expected[i % columns % slopeCount] += x[i] > 0 ? 0 : (double)g[i] * x[i];
        }

        for (int i = 0; i < slopeCount; i++)
        {
            Assert.Equal(expected[i], slopeGradient[i], 1e-4);
        }
    }
}
