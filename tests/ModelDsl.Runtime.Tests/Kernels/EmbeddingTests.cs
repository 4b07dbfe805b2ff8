namespace ModelDsl.Runtime.Tests.Kernels;

[Collection(nameof(ThreadSettings))]
public sealed class EmbeddingTests
{
    [Fact]
    public void Rows_are_those_of_their_tokens_for_every_thread_count()
    {
        const int Rows = 701, Vocabulary = 5, Columns = 67;
        using var memory = new KernelMemory();
        FloatSpan tokens = memory.Of([.. Enumerable.Range(0, Rows).Select(row => (float)(row * row % Vocabulary))]);
        FloatSpan weight = memory.Random(Vocabulary * Columns, seed: 1), bias = memory.Random(Columns, seed: 2);
        float[] expected = [.. Enumerable.Range(0, Rows * Columns).Select(i =>
            weight[((int)tokens[i / Columns] * Columns) + (i % Columns)] + bias[i % Columns])];
        ThreadSettings.ForEachCount([1, 2, 3, 4], _ =>
        {
            FloatSpan output = memory.Zeros(Rows * Columns);
            Embedding.Forward(tokens, weight, output, Rows, Vocabulary, Columns, Epilogue.Of(new AddBias(bias)));
            Bits.Equal(expected, output);
        });
    }

    [Theory]
    [InlineData(4f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void Token_that_is_not_in_the_vocabulary_is_refused(float token)
    {
        AlignedMemory tokens = new(3), weight = new(8), output = new(6);
        tokens.Span[1] = token;
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            Embedding.Forward(tokens.FloatSpan, weight.FloatSpan, output.FloatSpan, 3, vocabulary: 4, columns: 2, Epilogue.None));
        Assert.StartsWith($"expected whole tokens from 0 to 3, got {token} at position 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_adds_up_the_rows_of_each_token()
    {
        AlignedMemory tokens = new(4), gradient = new(8), weightGradient = new(6);
        new float[] { 2, 0, 2, 2 }.CopyTo(tokens.Span);
        new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }.CopyTo(gradient.Span);
        weightGradient.Span.Fill(9f);
        Embedding.Backward(tokens.FloatSpan, gradient.FloatSpan, weightGradient.FloatSpan, 4, vocabulary: 3, columns: 2);
        Assert.Equal([3f, 4f, 0f, 0f, 13f, 16f], weightGradient.Span.ToArray());
        Embedding.Backward(
            tokens.FloatSpan, gradient.FloatSpan, weightGradient.FloatSpan, 4, vocabulary: 3, columns: 2, accumulate: true);
        Assert.Equal([6f, 8f, 0f, 0f, 26f, 32f], weightGradient.Span.ToArray());
    }
}
