namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Batch normalisation of stored values gives the bits of that of the same values in 32 bits.</summary>
public sealed class NarrowBatchNormalizationTests
{
    [Theory]
    [InlineData(Precision.BFloat16, 1, 5)]
    [InlineData(Precision.BFloat16, 300, 7)]
    [InlineData(Precision.Float16, 129, 33)]
    [InlineData(Precision.Float16, 1_000, 64)]
    public void Statistics_and_gradients_are_those_of_the_expanded_matrix(Precision precision, int rows, int columns)
    {
        using var memory = new KernelMemory();
        (NarrowSpan narrowInput, FloatSpan input) = Draw(memory, precision, rows * columns, seed: 1);
        (NarrowSpan narrowGradient, FloatSpan gradient) = Draw(memory, precision, rows * columns, seed: 2);
        FloatSpan weight = memory.Random(columns, seed: 3);
        FloatSpan[] expected = Results(memory, columns), actual = Results(memory, columns);
        BatchNormalization.Statistics(
            input, weight, expected[0], expected[1], expected[2], expected[3], expected[4], rows, columns, 0.1f, 1e-5f);
        NarrowBatchNormalization.Statistics(
            narrowInput, weight, actual[0], actual[1], actual[2], actual[3], actual[4], rows, columns, 0.1f, 1e-5f, precision);
        BatchNormalization.Gradients(
            gradient, input, expected[2], expected[3], expected[5], expected[6], expected[7], expected[8], rows, columns);
        NarrowBatchNormalization.Gradients(
            narrowGradient, narrowInput, actual[2], actual[3], actual[5], actual[6], actual[7], actual[8], rows,
            columns,
            precision);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].AsSpan(), actual[i].AsSpan());
        }
    }

    [Fact]
    public void Squares_beyond_single_precision_are_added_up_in_double_precision()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Of([1e25f, -1e25f, 3e25f, 2e25f]);
        NarrowSpan narrow = memory.Zeros(2).Narrow(0, 4);
        BFloat16Storage.Round(values, narrow);
        BFloat16Storage.Round(values, values);
        FloatSpan[] expected = Results(memory, 1), actual = Results(memory, 1);
        FloatSpan weight = memory.Of([1f]);
        BatchNormalization.Statistics(
            values, weight, expected[0], expected[1], expected[2], expected[3], expected[4], 4, 1, 0.1f, 1e-5f);
        NarrowBatchNormalization.Statistics(
            narrow, weight, actual[0], actual[1], actual[2], actual[3], actual[4], 4, 1, 0.1f, 1e-5f, Precision.BFloat16);
        Assert.Equal(expected[3][0], actual[3][0]);
        Assert.True(actual[3][0] > 0f);
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        using var memory = new KernelMemory();
        NarrowSpan five = memory.Zeros(3).Narrow(0, 5);
        FloatSpan three = memory.Zeros(3);
        Assert.Throws<ArgumentException>(() => NarrowBatchNormalization.Statistics(
            five, three, three, three, three, three, three, 2, 3, 0.1f, 1e-5f, Precision.BFloat16));
        Assert.Throws<ArgumentException>(() => NarrowBatchNormalization.Gradients(
            five, five, three, three, three, three, three, three, 2, 3, Precision.Float16));
    }

    private static (NarrowSpan Narrow, FloatSpan Expanded) Draw(
        KernelMemory memory, Precision precision, int length, int seed)
    {
        FloatSpan values = memory.Random(length, seed, low: -3f, high: 5f);
        NarrowSpan narrow = memory.Zeros((length + 1) / 2).Narrow(0, length);
        if (precision == Precision.BFloat16)
        {
            BFloat16Storage.Round(values, narrow);
            BFloat16Storage.Expand(narrow, values);
        }
        else
        {
            Float16Storage.Round(values, narrow);
            Float16Storage.Expand(narrow, values);
        }

        return (narrow, values);
    }

    private static FloatSpan[] Results(KernelMemory memory, int columns) =>
        [.. Enumerable.Range(0, 9).Select(_ => memory.Zeros(columns))];
}
