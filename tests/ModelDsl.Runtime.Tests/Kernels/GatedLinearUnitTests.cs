namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class GatedLinearUnitTests
{
    [Fact]
    public void Output_and_gradients_match_their_formulas_for_0_to_40_columns()
    {
        for (int columns = 0; columns <= 40; columns++)
        {
            const int Rows = 3;
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(2 * Rows * columns, seed: 1, low: -4f, high: 4f);
            FloatSpan g = memory.Random(Rows * columns, seed: 2);
            FloatSpan y = memory.Zeros(Rows * columns), gradient = memory.Zeros(2 * Rows * columns);
            GatedLinearUnit.Forward(x, y, Rows, columns);
            GatedLinearUnit.Backward(x, g, gradient, Rows, columns);
            for (int i = 0; i < Rows * columns; i++)
            {
                int a = (2 * columns * (i / columns)) + (i % columns), b = a + columns;
                double gate = 1 / (1 + Math.Exp(-x[b]));
                Assert.Equal(x[a] * gate, y[i], 2e-6);
                Assert.Equal(g[i] * gate, gradient[a], 2e-6);
                Assert.Equal(g[i] * x[a] * gate * (1 - gate), gradient[b], 2e-6);
            }
        }
    }

    [Fact]
    public void NaN_in_either_half_reaches_the_output_and_no_other()
    {
        using var memory = new KernelMemory();
        for (int place = 0; place < 34; place++)
        {
            FloatSpan x = memory.Random(34, seed: 3), y = memory.Zeros(17);
            x[place] = float.NaN;
            GatedLinearUnit.Forward(x, y, 1, 17);
            for (int i = 0; i < 17; i++)
            {
                Assert.Equal(i == place % 17, float.IsNaN(y[i]));
            }
        }
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused_by_name()
    {
        using var memory = new KernelMemory();
        FloatSpan pair = memory.Zeros(8), half = memory.Zeros(4);
        Assert.Equal("input", Assert.Throws<ArgumentException>(() => GatedLinearUnit.Forward(half, half, 2, 2)).ParamName);
        Assert.Equal(
            "inputGradient",
            Assert.Throws<ArgumentException>(() => GatedLinearUnit.Backward(pair, half, half, 2, 2)).ParamName);
    }
}
