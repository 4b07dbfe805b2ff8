namespace ModelDsl.CompilerServices;

/// <summary>
/// For each head: result = softmax(Q·Kᵀ / √size)·V, where Q, K and V are [steps, size] and the softmax is that of each row.
/// </summary>
/// <remarks>
/// <para>Tiled with an online softmax, so that the matrix of scores never exists as a whole: Dao, Fu, Ermon, Rudra and Ré,
/// "FlashAttention" (2022). The forward pass keeps one number for each row, the logarithm of the softmax's denominator;
/// the backward pass computes the scores again from it. Of a causal head only the lower triangle is computed.</para>
/// <para>Q, K and V come as one matrix of [batch·steps, 3·heads·size]: queries, then keys, then values, each head by head.
/// Heads and samples are divided among threads; one head of one sample is always computed by one thread in one order, so
/// results do not depend on the threads.</para>
/// <para>What a step does not see, because it is masked or comes later, has no share in its result or gradients, not
/// even as NaN or an infinity. A NaN that is seen makes NaN of what sees it.</para>
/// <para>Limited by the multiply-add units and, for short heads, by the exponential.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Attention
{
    /// <summary>Multiply-adds below which a second thread costs more than it brings.</summary>
    private const long WorkPerThread = 1 << 17;

    /// <summary>The attention of each head.</summary>
    /// <param name="qkv">Queries, keys and values: [batch·steps, 3·heads·headSize].</param>
    /// <param name="result">[batch·steps, heads·headSize].</param>
    /// <param name="logSums">
    /// Where the logarithm of each softmax's denominator goes for the backward pass: [batch, heads, steps]; or empty.
    /// </param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="steps">The length of the sequence; positive.</param>
    /// <param name="heads">The number of heads; positive.</param>
    /// <param name="headSize">The features of a head; positive.</param>
    /// <param name="causal">Whether a step sees only itself and the steps before it.</param>
    /// <param name="mask">
    /// What is added to the scores of each key: [batch, steps], 0 or -∞ where no step sees the key; or empty. A step that sees no
    /// key at all has a result of zeros.
    /// </param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(
        FloatSpan qkv,
        FloatSpan result,
        FloatSpan logSums,
        int batch,
        int steps,
        int heads,
        int headSize,
        bool causal,
        FloatSpan mask = default)
    {
        AttentionShape shape = Check(qkv, result, mask, batch, steps, heads, headSize, causal);
        if (!logSums.IsEmpty)
        {
            Guard.Matrix(logSums, batch * heads, steps);
        }

        RangeLoop<ForwardWork>.Run(
            new ForwardWork(shape, qkv, result, logSums, mask), batch * heads, grain: 1, ItemsPerThread(shape));
    }

    private static AttentionShape Check(
        FloatSpan qkv, FloatSpan result, FloatSpan mask, int batch, int steps, int heads, int headSize, bool causal)
    {
        Guard.Extents(batch, steps, heads, headSize, factor: 3);
        Guard.Matrix(qkv, batch * steps, 3 * heads * headSize);
        Guard.Matrix(result, batch * steps, heads * headSize);
        if (!mask.IsEmpty)
        {
            Guard.Matrix(mask, batch, steps);
        }

        return new AttentionShape(steps, heads, headSize, causal);
    }

    /// <summary>The gradient of queries, keys and values.</summary>
    /// <param name="qkv">Queries, keys and values: [batch·steps, 3·heads·headSize].</param>
    /// <param name="result">What the forward pass gave: [batch·steps, heads·headSize].</param>
    /// <param name="logSums">What the forward pass kept: [batch, heads, steps].</param>
    /// <param name="resultGradient">[batch·steps, heads·headSize].</param>
    /// <param name="qkvGradient">[batch·steps, 3·heads·headSize].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="steps">The length of the sequence; positive.</param>
    /// <param name="heads">The number of heads; positive.</param>
    /// <param name="headSize">The features of a head; positive.</param>
    /// <param name="causal">Whether a step sees only itself and the steps before it.</param>
    /// <param name="mask">
    /// What is added to the scores of each key: [batch, steps], 0 or -∞ where no step sees the key; or empty. A step that sees no
    /// key at all has a result of zeros.
    /// </param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward(
        FloatSpan qkv,
        FloatSpan result,
        FloatSpan logSums,
        FloatSpan resultGradient,
        FloatSpan qkvGradient,
        int batch,
        int steps,
        int heads,
        int headSize,
        bool causal,
        FloatSpan mask = default)
    {
        AttentionShape shape = Check(qkv, result, mask, batch, steps, heads, headSize, causal);
        Guard.Matrix(logSums, batch * heads, steps);
        Guard.Matrix(resultGradient, batch * steps, heads * headSize);
        Guard.Matrix(qkvGradient, batch * steps, 3 * heads * headSize);
        RangeLoop<BackwardWork>.Run(
            new BackwardWork(shape, qkv, result, logSums, resultGradient, qkvGradient, mask),
            batch * heads, grain: 1, ItemsPerThread(shape));
    }

    /// <summary>
    /// The attention of the step at <paramref name="position"/> of one sequence, whose key and value are appended to those of
    /// the steps before.
    /// </summary>
    /// <param name="qkv">The step's queries, keys and values: [3·heads·headSize].</param>
    /// <param name="keys">The keys of the steps before, and where this one's goes: [steps, heads·headSize].</param>
    /// <param name="values">The values of the steps before, and where this one's goes: [steps, heads·headSize].</param>
    /// <param name="result">[heads·headSize].</param>
    /// <param name="position">The number of steps before, below <paramref name="steps"/>.</param>
    /// <param name="steps">The most steps.</param>
    /// <param name="heads">The number of heads; positive.</param>
    /// <param name="headSize">The features of a head; positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is not that of a step.</exception>
    public static void Step(
        FloatSpan qkv, FloatSpan keys, FloatSpan values, FloatSpan result, int position, int steps, int heads, int headSize)
    {
        Guard.Extents(3, heads, headSize);
        int width = heads * headSize;
        Guard.Vector(qkv, 3 * width);
        Guard.Matrix(keys, steps, width);
        Guard.Matrix(values, steps, width);
        Guard.Vector(result, width);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, steps);
        qkv.Slice(width, width).AsSpan().CopyTo(keys.Slice(position * width, width));
        qkv.Slice(2 * width, width).AsSpan().CopyTo(values.Slice(position * width, width));
        long work = (position + 1L) * width * 2;
        int threads = (int)Math.Clamp(Math.Min(heads, work / WorkPerThread), 1, WorkerPool.Parallelism);
        var step = new StepWork(qkv, keys, values, result, position + 1, heads, headSize, threads);
        VectorParts.Run(threads, step);
    }

    /// <summary>The heads that pay for a thread.</summary>
    private static int ItemsPerThread(AttentionShape shape)
    {
        long work = (long)shape.Steps * shape.Steps * shape.HeadSize * 2;
        return (int)Math.Clamp(WorkPerThread / work, 1, int.MaxValue);
    }

    private readonly struct ForwardWork(
        AttentionShape shape, FloatSpan qkv, FloatSpan result, FloatSpan logSums, FloatSpan mask) : IRangeKernel
    {
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int item = start; item < end; item++)
            {
                float* input = qkv.Pointer + shape.InputOffset(item);
                float* output = result.Pointer + shape.OutputOffset(item);
                float* sums = logSums.IsEmpty ? null : logSums.Pointer + ((long)item * shape.Steps);
                AttentionForward.Run<TVector>(
                    shape, input, input + shape.OutputStride, input + (2 * shape.OutputStride), output, sums,
                    shape.MaskOf(mask, item));
            }
        }
    }

    private readonly struct StepWork(
        FloatSpan qkv, FloatSpan keys, FloatSpan values, FloatSpan result, int count, int heads, int headSize, int threads)
        : IVectorParts
    {
        public void Invoke<TVector>(int part)
            where TVector : struct, ISimdVector<TVector>
        {
            (int start, int end) = Partition.Part(heads, threads, part, 1);
            for (int head = start; head < end; head++)
            {
                int offset = head * headSize;
                AttentionStep.Run<TVector>(
                    qkv.Pointer + offset, keys.Pointer + offset, values.Pointer + offset, result.Pointer + offset,
                    count, heads * headSize, headSize);
            }
        }
    }

    private readonly struct BackwardWork(
        AttentionShape shape,
        FloatSpan qkv,
        FloatSpan result,
        FloatSpan logSums,
        FloatSpan resultGradient,
        FloatSpan qkvGradient,
        FloatSpan mask)
        : IRangeKernel
    {
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int item = start; item < end; item++)
            {
                float* input = qkv.Pointer + shape.InputOffset(item);
                float* gradient = qkvGradient.Pointer + shape.InputOffset(item);
                var head = new AttentionHead
                {
                    Queries = input,
                    Keys = input + shape.OutputStride,
                    Values = input + (2 * shape.OutputStride),
                    Result = result.Pointer + shape.OutputOffset(item),
                    LogSums = logSums.Pointer + ((long)item * shape.Steps),
                    ResultGradient = resultGradient.Pointer + shape.OutputOffset(item),
                    QueryGradient = gradient,
                    KeyGradient = gradient + shape.OutputStride,
                    ValueGradient = gradient + (2 * shape.OutputStride),
                };
                AttentionBackward.Run<TVector>(shape, head, shape.MaskOf(mask, item));
            }
        }
    }
}
