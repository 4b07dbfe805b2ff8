namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Means over the steps that are not padding, between guard pages.</summary>
public sealed class MaskedAverageTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(2, 9, 33)]
    public void Forward_is_the_mean_of_what_is_not_masked_and_backward_shares_among_it(int batch, int steps, int columns)
    {
        using KernelMemory memory = new();
        FloatSpan tokens = memory.Zeros(batch * steps);
        FloatSpan mask = memory.Zeros(batch * steps);
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = i * 7 % 3;
        }

        PaddingMask.Compute(tokens, mask, tokens.Length, padding: 1);
        FloatSpan input = memory.Random(batch * steps * columns, 1);
        FloatSpan output = memory.Zeros(batch * columns);
        FloatSpan gradient = memory.Random(batch * columns, 2);
        FloatSpan inputGradient = memory.Random(input.Length, 3);
        MaskedAverage.Forward(input, mask, output, batch, steps, columns, Epilogue.None);
        MaskedAverage.Backward(gradient, mask, inputGradient, batch, steps, columns, Epilogue.None);
        for (int sample = 0; sample < batch; sample++)
        {
            int[] kept = [.. Enumerable.Range(sample * steps, steps).Where(row => tokens[row] != 1f)];
            for (int column = 0; column < columns; column++)
            {
                double expected = kept.Select(row => (double)input[(row * columns) + column]).DefaultIfEmpty(0).Average();
                Assert.Equal(expected, output[(sample * columns) + column], 1e-5);
                for (int row = sample * steps; row < (sample + 1) * steps; row++)
                {
                    double share = kept.Contains(row) ? gradient[(sample * columns) + column] / (double)kept.Length : 0;
                    Assert.Equal(share, inputGradient[(row * columns) + column], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void The_mean_of_padding_alone_is_zero()
    {
        using KernelMemory memory = new();
        FloatSpan mask = memory.Of([float.NegativeInfinity, float.NegativeInfinity]);
        FloatSpan output = memory.Random(3, 1);
        FloatSpan gradient = memory.Random(6, 2);
        MaskedAverage.Forward(memory.Random(6, 3), mask, output, 1, 2, 3, Epilogue.None);
        MaskedAverage.Backward(memory.Random(3, 4), mask, gradient, 1, 2, 3, Epilogue.None);
        Assert.All(output.AsSpan().ToArray(), value => Assert.Equal(0f, value));
        Assert.All(gradient.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }
}
