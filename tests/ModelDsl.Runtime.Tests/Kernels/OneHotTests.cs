namespace ModelDsl.Runtime.Tests.Kernels;

[Collection(nameof(ThreadSettings))]
public sealed class OneHotTests
{
    [Fact]
    public void Row_of_each_token_is_1_at_its_place_for_every_thread_count()
    {
        const int Rows = 701, Classes = 67;
        using var memory = new KernelMemory();
        FloatSpan tokens = memory.Of([.. Enumerable.Range(0, Rows).Select(row => (float)(row * row % Classes))]);
        float[] expected =
            [.. Enumerable.Range(0, Rows * Classes).Select(i => i % Classes == (int)tokens[i / Classes] ? 1f : 0f)];
        ThreadSettings.ForEachCount([1, 2, 3, 4], _ =>
        {
            FloatSpan output = memory.Zeros(Rows * Classes);
            output.AsSpan().Fill(float.NaN);
            OneHot.Forward(tokens, output, Rows, Classes);
            Bits.Equal(expected, output);
        });
    }

    [Theory]
    [InlineData(4f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void Token_of_no_class_is_refused_and_nothing_is_written(float token)
    {
        using var memory = new KernelMemory();
        FloatSpan tokens = memory.Of([0f, token, 2f]), output = memory.Zeros(12);
        ArgumentException exception =
            Assert.Throws<ArgumentException>(() => OneHot.Forward(tokens, output, 3, classes: 4));
        Assert.StartsWith(
            $"expected whole tokens from 0 to 3, got {token} at position 1", exception.Message, StringComparison.Ordinal);
        Assert.All(output.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }
}
