namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Attention with large scores, over many steps, and with values that are no numbers.</summary>
public sealed class AttentionExtremesTests
{
    public static TheoryData<bool, bool, float> Poison
    {
        get
        {
            TheoryData<bool, bool, float> data = [];
            foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                data.Add(true, true, value);
                data.Add(true, false, value);
                data.Add(false, true, value);
            }

            return data;
        }
    }

    /// <summary>
    /// Scores of about <paramref name="query"/>·<paramref name="key"/> that single precision holds exactly: with the
    /// sizes 1 and 4, whose roots are powers of two, in steps of query·step; with others the scores are equal.
    /// </summary>
    [Theory]
    [InlineData(64f, 156.25f, 1f / 64, 1)]
    [InlineData(64f, 156.25f, 1f / 64, 4)]
    [InlineData(64f, 156.25f, 0f, 5)]
    [InlineData(-64f, 156.25f, 1f / 64, 1)]
    [InlineData(8192f, 12207.03125f, 1f / 1024, 1)]
    [InlineData(8192f, 12207.03125f, 0f, 5)]
    [InlineData(-8192f, 12207.03125f, 0f, 33)]
    public void Gradients_at_large_scores_match_double_precision(float query, float key, float step, int size)
    {
        foreach (bool causal in (bool[])[true, false])
        {
            foreach (bool masked in (bool[])[true, false])
            {
                const int Batch = 2, Steps = 67, Heads = 3;
                int width = Heads * size;
                using KernelMemory memory = new();
                FloatSpan qkv = memory.Random(Batch * Steps * 3 * width, 1);
                for (int i = 0; i < Batch * Steps * 2 * Heads; i++)
                {
                    int head = (i / (2 * Heads) * 3 * width) + (i % (2 * Heads) * size);
                    bool isQuery = i % (2 * Heads) < Heads;
                    qkv.Slice(head, size).AsSpan().Clear();
                    qkv[head] = isQuery ? query : key + (i * 7 % 5 * step);
                }

                FloatSpan mask = masked ? memory.Zeros(Batch * Steps) : default;
                for (int i = 0; i < mask.Length; i += 3)
                {
                    mask[i] = float.NegativeInfinity;
                }

                FloatSpan gradient = memory.Random(Batch * Steps * width, 2);
                (float[] result, float[] actual) = Run(memory, qkv, gradient, Batch, Steps, Heads, size, causal, mask);
                Close(NaiveAttention.Forward(qkv, Batch, Steps, Heads, size, causal, mask), result, _ => 5e-6);
                Close(
                    NaiveAttention.Backward(qkv, gradient, Batch, Steps, Heads, size, causal, mask), actual,
                    i => 5e-6 * ((i / width % 3) switch { 0 => key, 1 => Math.Abs(query), _ => 4 }));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sums_over_thousands_of_steps_are_exact_to_a_few_millionths(bool causal)
    {
        const int Steps = 5000;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Zeros(3 * Steps), gradient = memory.Zeros(Steps);
        for (int i = 0; i < Steps; i++)
        {
            qkv[(3 * i) + 2] = 0.1f;
            gradient[i] = 0.1f;
        }

        (float[] result, float[] actual) = Run(memory, qkv, gradient, 1, Steps, 1, 1, causal);
        Assert.All(result, value => Assert.Equal(0.1f, value, 3e-7f));
        double expected = 0;
        for (int i = Steps - 1; i >= 0; i--)
        {
            expected = causal ? expected + (0.1f / (i + 1.0)) : 0.1f;
            Assert.Equal(1, actual[(3 * i) + 2] / expected, 3e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Poison))]
    public void What_a_masked_step_holds_changes_no_result_and_no_gradient(bool causal, bool inTail, float poison)
    {
        const int Steps = 70, Heads = 2, Size = 5, Width = Heads * Size;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(Steps * 3 * Width, 1), gradient = memory.Random(Steps * Width, 2);
        FloatSpan mask = memory.Zeros(Steps);
        int[] hidden = inTail ? [1, 30, 68, 69] : [0, 17, 65];
        foreach (int step in hidden)
        {
            mask[step] = float.NegativeInfinity;
        }

        (float[] result, float[] qkvGradient) = Run(memory, qkv, gradient, 1, Steps, Heads, Size, causal, mask);
        foreach (int step in hidden)
        {
            qkv.Slice((step * 3 * Width) + Width, 2 * Width).AsSpan().Fill(poison);
        }

        (float[] other, float[] otherGradient) = Run(memory, qkv, gradient, 1, Steps, Heads, Size, causal, mask);
        Assert.Equal(result, other);
        Assert.Equal(qkvGradient, otherGradient);
        Assert.All(other.Concat(otherGradient), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_a_later_step_holds_changes_no_earlier_result_and_none_of_its_gradients(float poison)
    {
        const int Steps = 70, Heads = 2, Size = 5, Width = Heads * Size;
        for (int first = 1; first < Steps; first += 4)
        {
            using KernelMemory memory = new();
            FloatSpan qkv = memory.Random(Steps * 3 * Width, first), gradient = memory.Random(Steps * Width, 2);
            int later = (Steps - first) * Width;
            gradient.Slice(first * Width, later).AsSpan().Clear();
            (float[] result, float[] qkvGradient) = Run(memory, qkv, gradient, 1, Steps, Heads, Size, causal: true);
            qkv.Slice(first * 3 * Width, 3 * later).AsSpan().Fill(poison);
            (float[] other, float[] otherGradient) = Run(memory, qkv, gradient, 1, Steps, Heads, Size, causal: true);
            Assert.Equal(result[..(first * Width)], other[..(first * Width)]);
            Assert.Equal(qkvGradient, otherGradient);
            Assert.All(other[(first * Width)..], value => Assert.True(float.IsNaN(value)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_NaN_in_a_results_gradient_reaches_what_the_step_sees_and_nothing_else(bool masked)
    {
        const int Steps = 70, Size = 5, From = 37;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(Steps * 3 * Size, 1), gradient = memory.Random(Steps * Size, 2);
        FloatSpan mask = masked ? memory.Zeros(Steps) : default;
        if (masked)
        {
            mask[3] = mask[36] = mask[38] = float.NegativeInfinity;
        }

        gradient[From * Size] = float.NaN;
        (_, float[] actual) = Run(memory, qkv, gradient, 1, Steps, 1, Size, causal: true, mask);
        for (int step = 0; step < Steps; step++)
        {
            bool isSeen = step <= From && !(masked && mask[step] != 0f);
            Assert.Equal(step == From, float.IsNaN(actual[step * 3 * Size]));
            Assert.Equal(isSeen, float.IsNaN(actual[((step * 3) + 1) * Size]));
            Assert.Equal(isSeen, float.IsNaN(actual[((step * 3) + 2) * Size]));
            Assert.False(float.IsNaN(actual[(((step * 3) + 2) * Size) + 1]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_NaN_in_a_step_that_is_seen_reaches_every_step_that_sees_it(bool causal)
    {
        const int Steps = 70, Size = 5;
        for (int step = 0; step < Steps; step += 3)
        {
            for (int part = 1; part <= 2; part++)
            {
                using KernelMemory memory = new();
                FloatSpan qkv = memory.Random(Steps * 3 * Size, 1), gradient = memory.Random(Steps * Size, 2);
                qkv[(((step * 3) + part) * Size) + 2] = float.NaN;
                (float[] result, float[] actual) = Run(memory, qkv, gradient, 1, Steps, 1, Size, causal);
                for (int row = 0; row < Steps; row++)
                {
                    bool sees = !causal || row >= step;
                    Assert.Equal(sees, float.IsNaN(result[(row * Size) + 2]));
                    Assert.Equal(sees && part == 1, float.IsNaN(result[row * Size]));
                    Assert.Equal(sees, float.IsNaN(actual[row * 3 * Size]));
                    Assert.True(float.IsNaN(actual[((row * 3) + 1) * Size]));
                }
            }
        }
    }

    [Fact]
    public void Step_by_step_a_NaN_reaches_its_own_and_later_steps_alone()
    {
        const int Steps = 20, Heads = 2, Size = 5, Width = Heads * Size, From = 7;
        using KernelMemory memory = new();
        FloatSpan qkv = memory.Random(Steps * 3 * Width, 1);
        qkv[(((From * 3) + 2) * Width) + 3] = float.NaN;
        FloatSpan keys = memory.Zeros(Steps * Width);
        FloatSpan values = memory.Zeros(Steps * Width), result = memory.Zeros(Width);

        // What an earlier sequence has left behind is not read.
        keys.AsSpan().Fill(float.NaN);
        values.AsSpan().Fill(float.PositiveInfinity);
        for (int step = 0; step < Steps; step++)
        {
            Attention.Step(qkv.Slice(step * 3 * Width, 3 * Width), keys, values, result, step, Steps, Heads, Size);
            for (int i = 0; i < Width; i++)
            {
                Assert.Equal(step >= From && i == 3, float.IsNaN(result[i]));
            }
        }
    }

    private static (float[] Result, float[] Gradient) Run(
        KernelMemory memory, FloatSpan qkv, FloatSpan gradient, int batch, int steps, int heads, int size, bool causal,
        FloatSpan mask = default)
    {
        FloatSpan result = memory.Zeros(gradient.Length);
        FloatSpan logSums = memory.Zeros(batch * heads * steps);
        FloatSpan qkvGradient = memory.Zeros(qkv.Length);
        Attention.Forward(qkv, result, logSums, batch, steps, heads, size, causal, mask);
        Attention.Backward(qkv, result, logSums, gradient, qkvGradient, batch, steps, heads, size, causal, mask);
        return (result.AsSpan().ToArray(), qkvGradient.AsSpan().ToArray());
    }

    private static void Close(double[] expected, float[] actual, Func<int, double> tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance(i), $"expected {expected[i]}, got {actual[i]} at {i}");
        }
    }
}
