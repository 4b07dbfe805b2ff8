namespace Benchmarks.Bench.Rows;

/// <summary>
/// Attention without its projections: forward, and forward with the gradients of queries, keys and values. Ours takes them
/// as one matrix, as a projection makes them; libtorch has each as a tensor of its own, head by head without gaps.
/// </summary>
internal sealed class AttentionRows : IRowGroup
{
    private const double Goal = 1.0;

    private static readonly Extents[] Sizes = [new(12, 4, 64, 32), new(4, 8, 256, 64)];

    public string Name => "attention";

    public IEnumerable<Row> GetRows(int threads) =>
        from size in Sizes
        from causal in (bool[])[true, false]
        from backward in (bool[])[false, true]
        select Of(size, causal, backward);

    private Row Of(Extents size, bool causal, bool backward) => new()
    {
        Group = Name,
        Name = $"{size.Batch}x{size.Heads}x{size.Steps}x{size.Width}{(causal ? ", causal" : "")}{(backward ? ", with gradients" : "")}",
        Work = new Work((backward ? 3.5 : 1) * size.Operations, WorkUnit.Operations),
        Goal = Goal,
        Ours = () => Ours(size, causal, backward),
        Torch = () => Torch(size, causal, backward),
    };

    private static Contender Ours(Extents size, bool causal, bool backward)
    {
        AlignedMemory input = new(3 * size.Count), inputGradient = new(3 * size.Count);
        for (int part = 0; part < 3; part++)
        {
            Interleave(Numbers.Draw(size.Count, part + 1).Span, input.Span[(part * size.Columns)..], 3 * size.Columns, size);
        }

        AlignedMemory gradient = new(size.Count), output = new(size.Count);
        AlignedMemory logSums = new(size.Batch * size.Heads * size.Steps);
        Interleave(Numbers.Draw(size.Count, 4).Span, gradient.Span, size.Columns, size);
        FloatSpan qkv = input.FloatSpan, y = output.FloatSpan, g = gradient.FloatSpan, gx = inputGradient.FloatSpan;
        FloatSpan sums = backward ? logSums.FloatSpan : default;
        return new Contender(
            () =>
            {
                Attention.Forward(qkv, y, sums, size.Batch, size.Steps, size.Heads, size.Width, causal);
                if (backward)
                {
                    Attention.Backward(qkv, y, sums, g, gx, size.Batch, size.Steps, size.Heads, size.Width, causal);
                }
            },
            dispose: () => GC.KeepAlive((input, gradient, output, logSums, inputGradient)))
        {
            Result = () => backward ? inputGradient.Span.ToArray() : output.Span.ToArray(),
        };
    }

    private static Contender Torch(Extents size, bool causal, bool backward)
    {
        Tensor[] qkv = [.. Enumerable.Range(1, 3).Select(part => Draw(part))];
        Tensor gradient = Draw(4);
        Tensor Draw(int seed) =>
            tensor(Numbers.Draw(size.Count, seed).Span.ToArray(), [size.Batch, size.Heads, size.Steps, size.Width]);
        Tensor Forward() => F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], is_casual: causal);
        foreach (Tensor part in qkv)
        {
            part.requires_grad_(backward);
        }

        void Run() => Tensors.Run(Forward, backward ? gradient : null, qkv);

        return new Contender(Run, dispose: () => Tensors.DisposeAll([.. qkv, gradient]))
        {
            Result = () =>
            {
                Run();
                Tensor result = backward ? cat([.. qkv.Select(part => Rows(part.grad!))], -1) : Rows(Forward().detach());
                return result.contiguous().data<float>().ToArray();
            },
        };

        Tensor Rows(Tensor heads) => heads.transpose(1, 2).reshape(size.Batch * size.Steps, size.Columns);
    }

    /// <summary>Copies [batch, heads, steps, width] into rows of [batch·steps, heads·width] that are <paramref name="stride"/> apart.</summary>
    private static void Interleave(ReadOnlySpan<float> heads, Span<float> rows, int stride, Extents size)
    {
        for (int i = 0; i < heads.Length; i += size.Width)
        {
            int line = i / size.Width;
            (int head, int step) = (line / size.Steps, line % size.Steps);
            int row = (head / size.Heads * size.Steps) + step;
            heads.Slice(i, size.Width).CopyTo(rows[((row * stride) + (head % size.Heads * size.Width))..]);
        }
    }

    private sealed record Extents(int Batch, int Heads, int Steps, int Width)
    {
        public int Columns => Heads * Width;

        public int Count => Batch * Steps * Columns;

        /// <summary>Two products of all steps with all steps; a causal head needs half of them.</summary>
        public double Operations => 4.0 * Count * Steps;
    }
}
