namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The inlined layer against plain sums in double precision, flush against guard pages at both ends.</summary>
public sealed class SmallDenseTests
{
    private const int MostInputs = 70;
    private const int MostOutputs = 37;

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void Layers_of_every_size_match_plain_sums(bool end, bool hasBias, bool isPacked)
    {
        using GuardedMemory inputs = new(MostInputs), weights = new(MostInputs * MostOutputs),
            biases = new(MostOutputs), outputs = new(MostOutputs);
        int seed = 0;
        for (int width = 0; width <= MostInputs; width++)
        {
            for (int height = 0; height <= MostOutputs; height++)
            {
                FloatSpan input = Fill.Random(inputs.At(width, end), ++seed);
                FloatSpan weight = Fill.Random(weights.At(width * height, end), ++seed);
                FloatSpan bias = hasBias ? Fill.Random(biases.At(height, end), ++seed) : default;
                FloatSpan output = outputs.At(height, end);

                PackedMatrix? packed = isPacked ? new PackedMatrix(weight, height, width) : null;
                SmallDense.Forward(input, weight, packed, bias, output, width, height, new LeakyRelu(0.5f));

                for (int row = 0; row < height; row++)
                {
                    double sum = hasBias ? bias[row] : 0;
                    for (int i = 0; i < width; i++)
                    {
                        sum += (double)input[i] * weight[(row * width) + i];
                    }

                    Assert.Equal(sum < 0 ? 0.5 * sum : sum, output[row], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        FloatSpan memory = new AlignedMemory(12).FloatSpan;

        Assert.Throws<ArgumentException>(() => SmallDense.Forward(
            memory.Slice(0, 2), memory, default, memory, inputs: 3, outputs: 4, default(Identity)));
        Assert.Throws<ArgumentException>(() => SmallDense.Forward(
            memory, memory.Slice(0, 11), default, memory, inputs: 3, outputs: 4, default(Identity)));
        Assert.Throws<ArgumentException>(() => SmallDense.Forward(
            memory, memory, memory.Slice(0, 3), memory, inputs: 3, outputs: 4, default(Identity)));
        Assert.Throws<ArgumentException>(() => SmallDense.Forward(
            memory, memory, default, memory.Slice(0, 3), inputs: 3, outputs: 4, default(Identity)));
    }
}
