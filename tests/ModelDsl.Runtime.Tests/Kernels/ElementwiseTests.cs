namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class ElementwiseTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 5001)]
    [InlineData(700, 13)]
    public void Every_element_passes_through_the_stages_once(int rows, int columns)
    {
        using var memory = new KernelMemory();
        FloatSpan source = memory.Random(rows * columns, 1);
        FloatSpan other = memory.Random(rows * columns, 2);
        FloatSpan bias = memory.Random(columns, 3);
        FloatSpan destination = memory.Zeros(rows * columns);
        Elementwise.Apply(
            source, destination, rows, columns, Epilogue.Of(new Add(other, columns), new AddBias(bias)));
        for (int i = 0; i < rows * columns; i++)
        {
            Assert.Equal(source[i] + other[i] + bias[i % columns], destination[i]);
        }

        Elementwise.Apply(source, source, rows, columns, Epilogue.Of(new Add(other, columns), new AddBias(bias)));
        Bits.Equal(destination, source);
    }
}
