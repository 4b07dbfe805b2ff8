namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Attention whose queries, keys and values lie apart, between guard pages. Its gradients are checked on whole models.
/// </summary>
[Collection(nameof(ThreadSettings))]
public sealed class CrossAttentionTests : IDisposable
{
    private readonly KernelMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Queries_keys_and_values_of_one_matrix_have_the_bits_of_self_attention(bool causal)
    {
        foreach (int steps in (int[])[1, 16, 17, 65, 130, 300])
        {
            const int Batch = 2, Heads = 3, Size = 5, Width = Heads * Size;
            FloatSpan qkv = _memory.Random(Batch * steps * 3 * Width, steps), slope = _memory.Random(Batch * steps * Width, 1);
            FloatSpan mask = _memory.Zeros(Batch * steps);
            for (int i = 1; i < mask.Length; i += 3)
            {
                mask[i] = float.NegativeInfinity;
            }

            FloatSpan result = _memory.Zeros(slope.Length), sums = _memory.Zeros(Batch * Heads * steps), gradient = _memory.Zeros(qkv.Length);
            Attention.Forward(qkv, result, sums, Batch, steps, Heads, Size, causal, mask);
            Attention.Backward(qkv, result, sums, slope, gradient, Batch, steps, Heads, Size, causal, mask);

            Case own = new(Batch, steps, steps, Heads, Heads, Size, causal);
            Outcome outcome = Run(own, Part(qkv, 0), Part(qkv, 1), Part(qkv, 2), mask, slope);
            Bits.Equal(result, outcome.Result);
            Bits.Equal(Part(gradient, 0), outcome.Queries);
            Bits.Equal(Part(gradient, 1), outcome.Keys);
            Bits.Equal(Part(gradient, 2), outcome.Values);

            FloatSpan Part(FloatSpan all, int part) => _memory.Of(
                [.. Enumerable.Range(0, Batch * steps * Width).Select(i => all[(i / Width * 3 * Width) + (part * Width) + (i % Width)])]);
        }
    }

    [Fact]
    public void Bits_are_the_same_for_every_number_of_threads()
    {
        Case sizes = new(3, 70, 90, 4, 2, 24, false);
        int threads = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = 1;
            Outcome one = Run(sizes, hasMask: true);
            for (int count = 2; count <= 4; count++)
            {
                WorkerPool.ThreadCount = count;
                Outcome other = Run(sizes, hasMask: true);
                foreach ((FloatSpan expected, FloatSpan actual) in one.All.Zip(other.All))
                {
                    Bits.Equal(expected, actual);
                }
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }
    }

    [Theory]
    [InlineData(3, 70)]
    [InlineData(40, 2)]
    [InlineData(300, 20)]
    public void Heads_that_share_keys_have_the_sum_of_the_gradients_of_as_many_copies(int steps, int keys)
    {
        Case shared = new(2, steps, keys, 4, 2, 5, true);
        FloatSpan queries = _memory.Random(2 * steps * 20, 1), slope = _memory.Random(2 * steps * 20, 2);
        FloatSpan key = _memory.Random(2 * keys * 10, 3), value = _memory.Random(2 * keys * 10, 4);
        Outcome few = Run(shared, queries, key, value, default, slope);
        Outcome many = Run(shared with { KeyHeads = 4 }, queries, Copies(key), Copies(value), default, slope);
        Bits.Equal(many.Result, few.Result);
        Bits.Equal(many.Queries, few.Queries);
        Close(many.Keys, few.Keys);
        Close(many.Values, few.Values);

        // [rows, 2 heads, 5] with each head twice.
        FloatSpan Copies(FloatSpan heads) => _memory.Of(
            [.. Enumerable.Range(0, 2 * heads.Length).Select(i => heads[(i / 20 * 10) + (i % 20 / 10 * 5) + (i % 5)])]);

        static void Close(FloatSpan copies, FloatSpan sums)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                int first = (i / 10 * 20) + (i % 10 / 5 * 10) + (i % 5);
                Assert.Equal(copies[first] + copies[first + 5], sums[i], 2e-5f);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_a_query_does_not_see_by_its_own_mask_changes_nothing_for_it(float poison)
    {
        Case sizes = new(1, 3, 70, 1, 1, 5, false);
        FloatSpan queries = _memory.Random(15, 1), keys = _memory.Random(350, 2), values = _memory.Random(350, 3);
        FloatSpan mask = _memory.Random(3 * 70, 4), slope = _memory.Random(15, 5);
        slope.Slice(5, 5).AsSpan().Clear();
        mask[20] = mask[(2 * 70) + 20] = float.NegativeInfinity;
        Outcome before = Run(sizes, queries, keys, values, mask, slope);
        values.Slice(100, 5).AsSpan().Fill(poison);
        Outcome after = Run(sizes, queries, keys, values, mask, slope);
        for (int i = 0; i < 15; i++)
        {
            bool sees = i is >= 5 and < 10;
            Assert.Equal(sees, !float.IsFinite(after.Result[i]));
            Assert.True(sees || after.Result[i].Equals(before.Result[i]) || Math.Abs(after.Result[i] - before.Result[i]) < 1e-6f);
        }
    }

    [Fact]
    public void Query_that_sees_no_key_has_a_result_and_gradients_of_zeros()
    {
        Case sizes = new(1, 2, 3, 1, 1, 4, false);
        FloatSpan mask = _memory.Zeros(6);
        mask.Slice(0, 3).AsSpan().Fill(float.NegativeInfinity);
        Outcome outcome = Run(
            sizes, _memory.Random(8, 1), _memory.Random(12, 2), _memory.Random(12, 3), mask, _memory.Random(8, 4));
        Assert.All(outcome.Result.Slice(0, 4).AsSpan().ToArray(), value => Assert.Equal(0f, value));
        Assert.All(outcome.Queries.Slice(0, 4).AsSpan().ToArray(), value => Assert.Equal(0f, value));
        Assert.All(outcome.All.SelectMany(values => values.AsSpan().ToArray()), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        FloatSpan four = _memory.Zeros(4), eight = _memory.Zeros(8);
        Assert.Throws<ArgumentException>(() => CrossAttention.Forward(
            four, eight, eight, default, eight, default, new AttentionSizes(1, 2, 2, 1, 1, 4, false, 1f)));
        Assert.Throws<ArgumentException>(() => CrossAttention.Forward(
            eight, eight, four, default, eight, default, new AttentionSizes(1, 2, 2, 1, 1, 4, false, 1f)));
        Assert.Throws<ArgumentException>(() => CrossAttention.Forward(
            eight, eight, eight, default, eight, default, new AttentionSizes(1, 2, 2, 3, 2, 1, false, 1f)));
        Assert.Throws<ArgumentException>(() => CrossAttention.Forward(
            eight, eight, eight, _memory.Zeros(3), eight, default,
            new AttentionSizes(1, 2, 2, 1, 1, 4, false, 1f) { MaskOfQueries = true }));
    }

    private Outcome Run(Case sizes, bool hasMask)
    {
        int width = sizes.Heads * sizes.Size, keyWidth = sizes.KeyHeads * sizes.Size;
        return Run(
            sizes,
            _memory.Random(sizes.Batch * sizes.Steps * width, 1),
            _memory.Random(sizes.Batch * sizes.Keys * keyWidth, 2),
            _memory.Random(sizes.Batch * sizes.Keys * keyWidth, 3),
            hasMask ? _memory.Random(sizes.Batch * sizes.Steps * sizes.Keys, 4) : default,
            _memory.Random(sizes.Batch * sizes.Steps * width, 5));
    }

    private Outcome Run(Case sizes, FloatSpan queries, FloatSpan keys, FloatSpan values, FloatSpan mask, FloatSpan slope)
    {
        AttentionSizes extents = new(
            sizes.Batch, sizes.Steps, sizes.Keys, sizes.Heads, sizes.KeyHeads, sizes.Size, sizes.Causal, 1f / MathF.Sqrt(sizes.Size))
        {
            MaskOfQueries = mask.Length == sizes.Batch * sizes.Steps * sizes.Keys && !mask.IsEmpty,
        };
        FloatSpan result = _memory.Zeros(slope.Length), sums = _memory.Zeros(sizes.Batch * sizes.Heads * sizes.Steps);
        CrossAttention.Forward(queries, keys, values, mask, result, sums, extents);
        Outcome outcome = new(
            result, _memory.Zeros(queries.Length), _memory.Zeros(keys.Length), _memory.Zeros(values.Length), _memory.Zeros(mask.Length));
        outcome.Mask.AsSpan().Fill(float.NaN);
        CrossAttention.Backward(
            queries, keys, values, mask, result, sums, slope, outcome.Queries, outcome.Keys, outcome.Values, outcome.Mask, extents);
        return outcome;
    }

    private sealed record Case(int Batch, int Steps, int Keys, int Heads, int KeyHeads, int Size, bool Causal);

    private sealed record Outcome(FloatSpan Result, FloatSpan Queries, FloatSpan Keys, FloatSpan Values, FloatSpan Mask)
    {
        public IEnumerable<FloatSpan> All => [Result, Queries, Keys, Values, Mask];
    }
}
