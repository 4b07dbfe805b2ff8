namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Attention around the edges of its tiles, between guard pages. Its gradients are checked on whole models.</summary>
public sealed class AttentionTests
{
    public static TheoryData<int, int, int, bool> Shapes
    {
        get
        {
            TheoryData<int, int, int, bool> data = [];
            foreach (int steps in (int[])[1, 2, 15, 16, 17, 63, 64, 65, 130])
            {
                foreach (int size in (int[])[1, 5, 16, 33])
                {
                    data.Add(steps, 2, size, true);
                    data.Add(steps, 1, size, false);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_matches_the_definition(int steps, int heads, int size, bool causal)
    {
        const int Batch = 2;
        int width = heads * size;
        using GuardedMemory input = new(Batch * steps * 3 * width);
        using GuardedMemory output = new(Batch * steps * width);
        FloatSpan qkv = Fill.Random(input.AtEnd(Batch * steps * 3 * width), steps + size, -2f, 2f);
        FloatSpan result = output.AtEnd(Batch * steps * width);
        Attention.Forward(qkv, result, default, Batch, steps, heads, size, causal);
        double[] expected = NaiveAttention.Forward(qkv, Batch, steps, heads, size, causal);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result[i], 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_stays_within_its_operands(int steps, int heads, int size, bool causal)
    {
        int width = heads * size;
        using GuardedMemory input = new(3 * width * steps);
        using GuardedMemory output = new(width * steps);
        using GuardedMemory sums = new(heads * steps);
        using GuardedMemory outputGradient = new(width * steps);
        using GuardedMemory inputGradient = new(3 * width * steps);
        FloatSpan qkv = Fill.Random(input.AtEnd(3 * width * steps), steps + size);
        FloatSpan gradient = Fill.Random(outputGradient.AtEnd(width * steps), size);
        FloatSpan result = output.AtEnd(width * steps);
        FloatSpan logSums = sums.AtEnd(heads * steps);
        FloatSpan qkvGradient = inputGradient.AtEnd(3 * width * steps);
        qkvGradient.AsSpan().Fill(float.NaN);
        Attention.Forward(qkv, result, logSums, batch: 1, steps, heads, size, causal);
        Attention.Backward(qkv, result, logSums, gradient, qkvGradient, batch: 1, steps, heads, size, causal);
        Assert.All(qkvGradient.AsSpan().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(70, true)]
    [InlineData(70, false)]
    public void Masked_keys_are_as_if_they_were_not_there(int steps, bool causal)
    {
        const int Heads = 2, Size = 5, Width = Heads * Size, Batch = 2;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(Batch * steps * 3 * Width, steps);
        FloatSpan mask = memory.Zeros(Batch * steps);
        var random = new System.Random(1);
        foreach (ref float value in mask.AsSpan())
        {
            value = random.Next(3) == 0 ? float.NegativeInfinity : 0f;
        }

        // The first sample begins with padding that fills more than the first tile of queries.
        mask.AsSpan()[..Math.Min(steps, 20)].Fill(float.NegativeInfinity);
        FloatSpan result = memory.Zeros(Batch * steps * Width);
        Attention.Forward(qkv, result, default, Batch, steps, Heads, Size, causal, mask);
        double[] expected = NaiveAttention.Forward(qkv, Batch, steps, Heads, Size, causal, mask);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result[i], 2e-5);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_no_key_is_seen_the_gradient_is_zero(bool causal)
    {
        const int Steps = 70, Size = 3;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(Steps * 3 * Size, 1);
        FloatSpan mask = memory.Zeros(Steps);
        mask.AsSpan().Fill(float.NegativeInfinity);
        FloatSpan result = memory.Random(Steps * Size, 2);
        FloatSpan logSums = memory.Zeros(Steps);
        FloatSpan gradient = memory.Random(Steps * 3 * Size, 3);
        Attention.Forward(qkv, result, logSums, 1, Steps, 1, Size, causal, mask);
        Attention.Backward(qkv, result, logSums, memory.Random(Steps * Size, 4), gradient, 1, Steps, 1, Size, causal, mask);
        Assert.All(result.AsSpan().ToArray(), value => Assert.Equal(0f, value));
        Assert.All(gradient.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Scores_far_apart_neither_overflow_nor_vanish()
    {
        AlignedMemory qkv = new(3 * 70);
        AlignedMemory result = new(70);
        for (int step = 0; step < 70; step++)
        {
            qkv.Span[3 * step] = 100f;
            qkv.Span[(3 * step) + 1] = step == 66 ? 100f : -100f;
            qkv.Span[(3 * step) + 2] = step;
        }

        Attention.Forward(qkv.FloatSpan, result.FloatSpan, default, batch: 1, steps: 70, heads: 1, headSize: 1, causal: false);
        Assert.All(result.Span.ToArray(), value => Assert.Equal(66f, value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Results_are_the_same_to_the_last_bit_for_every_thread_count(bool causal)
    {
        const int Batch = 3, Steps = 90, Heads = 5, Size = 12;
        AlignedMemory qkv = new(Batch * Steps * Heads * Size * 3);
        AlignedMemory gradient = new(Batch * Steps * Heads * Size);
        Fill.Random(qkv.FloatSpan, 1);
        Fill.Random(gradient.FloatSpan, 2);
        int threads = WorkerPool.ThreadCount;
        try
        {
            (float[] result, float[] qkvGradient) = Run(1);
            for (int count = 2; count <= 4; count++)
            {
                (float[] other, float[] otherGradient) = Run(count);
                Assert.Equal(result, other);
                Assert.Equal(qkvGradient, otherGradient);
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }

        (float[] Result, float[] Gradient) Run(int count)
        {
            WorkerPool.ThreadCount = count;
            AlignedMemory result = new(gradient.Length);
            AlignedMemory logSums = new(Batch * Heads * Steps);
            AlignedMemory qkvGradient = new(qkv.Length);
            Attention.Forward(qkv.FloatSpan, result.FloatSpan, logSums.FloatSpan, Batch, Steps, Heads, Size, causal);
            Attention.Backward(
                qkv.FloatSpan, result.FloatSpan, logSums.FloatSpan, gradient.FloatSpan, qkvGradient.FloatSpan,
                Batch, Steps, Heads, Size, causal);
            return (result.Span.ToArray(), qkvGradient.Span.ToArray());
        }
    }
}
