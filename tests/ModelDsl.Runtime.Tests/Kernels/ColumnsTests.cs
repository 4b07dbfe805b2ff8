namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(3, 7, 2, 4)]
    [InlineData(5, 33, 0, 33)]
    [InlineData(2, 9, 9, 0)]
    [InlineData(0, 4, 1, 2)]
    public void Cleared_columns_are_zero_and_the_others_stay(int rows, int columns, int start, int count)
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Random(rows * columns, seed: 1, low: 1f, high: 2f);
        float[] before = values.AsSpan().ToArray();
        Columns.Clear(values, columns, start, rows, count);
        for (int i = 0; i < before.Length; i++)
        {
            bool isCleared = i % columns >= start && i % columns < start + count;
            Assert.Equal(isCleared ? 0f : before[i], values[i]);
        }
    }

    [Fact]
    public void Columns_outside_the_matrix_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Columns.Clear(values, 4, 2, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Columns.Clear(values, 4, -1, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Columns.Clear(values, 4, 0, 3, -1));
        Assert.Throws<ArgumentException>(() => Columns.Clear(values, 4, 0, 4, 1));
    }
}
