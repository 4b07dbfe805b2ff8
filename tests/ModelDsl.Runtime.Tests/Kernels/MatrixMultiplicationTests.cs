using ModelDsl.Kernels;

namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class MatrixMultiplicationTests
{
    private const int Largest = 70;

    public enum Form
    {
        TimesTransposed,
        Times,
        TransposedTimes,
    }

    [Theory]
    [InlineData(Form.TimesTransposed)]
    [InlineData(Form.Times)]
    [InlineData(Form.TransposedTimes)]
    public void Products_of_every_pair_of_sizes_up_to_70_match_a_naive_loop(Form form)
    {
        using var operands = new ProductOperands(1 << 16);
        int[] others = [0, 1, 2, 3, 5, 8, 13, 16, 17, 31, 33, 48, 64, 70];
        int seed = 0;
        for (int x = 0; x <= Largest; x++)
        {
            for (int y = 0; y <= Largest; y++)
            {
                int z = others[seed % others.Length];
                bool end = (seed & 1) != 0;
                bool accumulate = (seed & 2) != 0;
                operands.Check(form, x, y, z, end, accumulate, seed++);
                operands.Check(form, z, x, y, end, accumulate, seed);
                operands.Check(form, y, z, x, end, accumulate, seed);
            }
        }
    }

    [Theory]
    [InlineData(Form.TimesTransposed)]
    [InlineData(Form.Times)]
    [InlineData(Form.TransposedTimes)]
    public void Products_of_random_larger_sizes_match_a_naive_loop(Form form)
    {
        using var operands = new ProductOperands(1 << 19);
        var random = new Philox(7);
        for (int i = 0; i < 60; i++)
        {
            int m = 1 + random.NextInt32(i % 3 == 0 ? 600 : 150);
            int n = 1 + random.NextInt32(i % 3 == 1 ? 600 : 150);
            int k = 1 + random.NextInt32(i % 3 == 2 ? 800 : 150);
            operands.Check(form, m, n, k, (i & 1) != 0, (i & 2) != 0, i);
        }
    }

    [Fact]
    public void An_operand_that_is_too_short_is_refused_by_name()
    {
        using var memory = new GuardedMemory(64);
        FloatSpan full = memory.AtStart(6);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => MatrixMultiplication.Times(full, memory.AtStart(5), full, 2, 3, 2, Epilogue.None));
        Assert.Equal("b", error.ParamName);
        Assert.StartsWith("expected at least 2x3 values, got 5", error.Message, StringComparison.Ordinal);
    }
}
