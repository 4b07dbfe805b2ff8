namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Attention step by step, between guard pages.</summary>
public sealed class AttentionStepTests
{
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int> data = [];
            foreach (int steps in (int[])[1, 2, 17, 65])
            {
                foreach (int size in (int[])[1, 5, 8, 16, 33])
                {
                    data.Add(steps, 2, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Steps_one_by_one_give_causal_attention(int steps, int heads, int size)
    {
        int width = heads * size;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(steps * 3 * width, steps + size, -2f, 2f);
        FloatSpan keys = memory.Zeros(steps * width);
        FloatSpan values = memory.Zeros(steps * width);
        FloatSpan result = memory.Zeros(width);
        double[] expected = NaiveAttention.Forward(qkv, 1, steps, heads, size, causal: true);
        for (int step = 0; step < steps; step++)
        {
            Attention.Step(qkv.Slice(step * 3 * width, 3 * width), keys, values, result, step, steps, heads, size);
            for (int i = 0; i < width; i++)
            {
                Assert.Equal(expected[(step * width) + i], result[i], 2e-5);
            }
        }
    }

    [Fact]
    public void Results_are_the_same_to_the_last_bit_for_every_thread_count()
    {
        const int Steps = 1000, Heads = 5, Size = 64, Width = Heads * Size;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(3 * Width, 1);
        FloatSpan keys = memory.Random(Steps * Width, 2);
        FloatSpan values = memory.Random(Steps * Width, 3);
        int threads = WorkerPool.ThreadCount;
        try
        {
            float[] one = Run(1);
            for (int count = 2; count <= 4; count++)
            {
                Assert.Equal(one, Run(count));
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }

        float[] Run(int count)
        {
            WorkerPool.ThreadCount = count;
            FloatSpan result = memory.Zeros(Width);
            Attention.Step(qkv, keys, values, result, Steps - 1, Steps, Heads, Size);
            return result.AsSpan().ToArray();
        }
    }

    [Fact]
    public void Scores_far_apart_neither_overflow_nor_vanish()
    {
        using KernelMemory memory = new();
        FloatSpan keys = memory.Of([-100f, 100f, 0f]);
        FloatSpan values = memory.Of([1f, 2f, 0f]);
        FloatSpan result = memory.Zeros(1);
        Attention.Step(memory.Of([100f, -100f, 3f]), keys, values, result, position: 2, steps: 3, heads: 1, headSize: 1);
        Assert.Equal(2f, result[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_position_that_is_no_steps_is_refused(int position)
    {
        using KernelMemory memory = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => Attention.Step(
            memory.Zeros(3), memory.Zeros(3), memory.Zeros(3), memory.Zeros(1), position, steps: 3, heads: 1, headSize: 1));
    }
}
