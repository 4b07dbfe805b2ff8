namespace ModelDsl.CompilerServices;

/// <summary>
/// For each head of queries: result = softmax(scale·Q·Kᵀ + mask)·V, where keys and values lie apart from the queries.
/// </summary>
/// <remarks>
/// The tiles and sums are those of <see cref="Attention"/>. There may be fewer heads of keys than of queries: as many
/// neighbouring heads of queries share one. With a causal mask the query i sees the keys up to i, also where there are
/// more or fewer keys than queries. A query that sees no key has a result of zeros.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CrossAttention
{
    private const long WorkPerThread = 1 << 17;

    /// <summary>The attention of each head.</summary>
    /// <param name="queries">[batch·steps, heads·headSize].</param>
    /// <param name="keys">[batch·keySteps, keyHeads·headSize].</param>
    /// <param name="values">[batch·keySteps, keyHeads·headSize].</param>
    /// <param name="mask">What is added to the scores: [batch·steps, keySteps] or [batch, keySteps]; or empty.</param>
    /// <param name="result">[batch·steps, heads·headSize].</param>
    /// <param name="logSums">
    /// Where the logarithm of each softmax's denominator goes: [batch, heads, steps]; or empty.
    /// </param>
    /// <param name="sizes">The extents.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or heads do not divide.</exception>
    public static void Forward(
        FloatSpan queries,
        FloatSpan keys,
        FloatSpan values,
        FloatSpan mask,
        FloatSpan result,
        FloatSpan logSums,
        AttentionSizes sizes)
    {
        sizes.Check(queries, keys, values, mask);
        Guard.Matrix(result, sizes.Batch * sizes.Steps, sizes.Width);
        if (!logSums.IsEmpty)
        {
            Guard.Matrix(logSums, sizes.Batch * sizes.Heads, sizes.Steps);
        }

        RangeLoop<ForwardWork>.Run(
            new ForwardWork(sizes, queries, keys, values, mask, result, logSums),
            sizes.Batch * sizes.Heads, grain: 1, ItemsPerThread(sizes, heads: 1));
    }

    /// <summary>
    /// The gradients of queries, keys and values, and of the mask where it is wanted: all of them for each sample.
    /// </summary>
    /// <param name="queries">As in the forward pass.</param>
    /// <param name="keys">As in the forward pass.</param>
    /// <param name="values">As in the forward pass.</param>
    /// <param name="mask">As in the forward pass.</param>
    /// <param name="result">What the forward pass gave.</param>
    /// <param name="logSums">What the forward pass kept.</param>
    /// <param name="resultGradient">[batch·steps, heads·headSize].</param>
    /// <param name="queryGradient">[batch·steps, heads·headSize].</param>
    /// <param name="keyGradient">[batch·keySteps, keyHeads·headSize].</param>
    /// <param name="valueGradient">[batch·keySteps, keyHeads·headSize].</param>
    /// <param name="maskGradient">As large as the masks of a batch, or empty.</param>
    /// <param name="sizes">The extents.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or heads do not divide.</exception>
    public static void Backward(
        FloatSpan queries,
        FloatSpan keys,
        FloatSpan values,
        FloatSpan mask,
        FloatSpan result,
        FloatSpan logSums,
        FloatSpan resultGradient,
        FloatSpan queryGradient,
        FloatSpan keyGradient,
        FloatSpan valueGradient,
        FloatSpan maskGradient,
        AttentionSizes sizes)
    {
        sizes.Check(queries, keys, values, mask);
        Guard.Matrix(result, sizes.Batch * sizes.Steps, sizes.Width);
        Guard.Matrix(logSums, sizes.Batch * sizes.Heads, sizes.Steps);
        Guard.Matrix(resultGradient, sizes.Batch * sizes.Steps, sizes.Width);
        Guard.Matrix(queryGradient, sizes.Batch * sizes.Steps, sizes.Width);
        Guard.Matrix(keyGradient, sizes.Batch * sizes.KeySteps, sizes.KeyWidth);
        Guard.Matrix(valueGradient, sizes.Batch * sizes.KeySteps, sizes.KeyWidth);
        if (!maskGradient.IsEmpty)
        {
            Guard.Matrix(maskGradient, sizes.Batch, sizes.MaskFloats);
        }

        // All heads of a sample add to the gradient of its mask.
        int together = maskGradient.IsEmpty ? 1 : sizes.KeyHeads;
        RangeLoop<BackwardWork>.Run(
            new BackwardWork
            {
                Sizes = sizes,
                Queries = queries,
                Keys = keys,
                Values = values,
                Mask = mask,
                Result = result,
                LogSums = logSums,
                ResultGradient = resultGradient,
                QueryGradient = queryGradient,
                KeyGradient = keyGradient,
                ValueGradient = valueGradient,
                MaskGradient = maskGradient,
                Together = together,
            },
            sizes.Batch * sizes.KeyHeads / together,
            grain: 1,
            ItemsPerThread(sizes, sizes.Heads / sizes.KeyHeads * together));
    }

    private static int ItemsPerThread(AttentionSizes sizes, int heads)
    {
        long work = (long)sizes.Steps * sizes.KeySteps * sizes.HeadSize * 2 * heads;
        return (int)Math.Clamp(WorkPerThread / work, 1, int.MaxValue);
    }

    private readonly struct ForwardWork(
        AttentionSizes sizes,
        FloatSpan queries,
        FloatSpan keys,
        FloatSpan values,
        FloatSpan mask,
        FloatSpan result,
        FloatSpan logSums)
        : IRangeKernel
    {
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            AttentionShape shape = sizes.Shape;
            for (int item = start; item < end; item++)
            {
                (int sample, int head) = Math.DivRem(item, sizes.Heads);
                int keyHead = head / (sizes.Heads / sizes.KeyHeads);
                AttentionForward.Run<TVector>(
                    shape,
                    queries.Pointer + sizes.QueryPlace(sizes.FixedQueries ? 0 : sample, head),
                    keys.Pointer + sizes.KeyPlace(sizes.FixedKeys ? 0 : sample, keyHead),
                    values.Pointer + sizes.KeyPlace(sizes.FixedValues ? 0 : sample, keyHead),
                    result.Pointer + sizes.QueryPlace(sample, head),
                    logSums.IsEmpty ? null : logSums.Pointer + ((long)item * sizes.Steps),
                    sizes.MaskOf(mask, sample));
            }
        }
    }

    private struct BackwardWork : IRangeKernel
    {
        public AttentionSizes Sizes;
        public FloatSpan Queries;
        public FloatSpan Keys;
        public FloatSpan Values;
        public FloatSpan Mask;
        public FloatSpan Result;
        public FloatSpan LogSums;
        public FloatSpan ResultGradient;
        public FloatSpan QueryGradient;
        public FloatSpan KeyGradient;
        public FloatSpan ValueGradient;
        public FloatSpan MaskGradient;

        /// <summary>The heads of keys that are computed one after the other.</summary>
        public int Together;

        public readonly void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int item = start * Together; item < end * Together; item++)
            {
                (int sample, int keyHead) = Math.DivRem(item, Sizes.KeyHeads);
                int head = keyHead * (Sizes.Heads / Sizes.KeyHeads);
                long query = Sizes.QueryPlace(sample, head), key = Sizes.KeyPlace(sample, keyHead);
                AttentionHead place = new()
                {
                    Queries = Queries.Pointer + Sizes.QueryPlace(Sizes.FixedQueries ? 0 : sample, head),
                    Keys = Keys.Pointer + Sizes.KeyPlace(Sizes.FixedKeys ? 0 : sample, keyHead),
                    Values = Values.Pointer + Sizes.KeyPlace(Sizes.FixedValues ? 0 : sample, keyHead),
                    Result = Result.Pointer + query,
                    LogSums = LogSums.Pointer + (((long)sample * Sizes.Heads) + head) * Sizes.Steps,
                    ResultGradient = ResultGradient.Pointer + query,
                    QueryGradient = QueryGradient.Pointer + query,
                    KeyGradient = KeyGradient.Pointer + key,
                    ValueGradient = ValueGradient.Pointer + key,
                };
                if (!MaskGradient.IsEmpty)
                {
                    FloatSpan own = MaskGradient.Slice(sample * Sizes.MaskFloats, Sizes.MaskFloats);
                    if (keyHead == 0)
                    {
                        own.AsSpan().Clear();
                    }

                    place.MaskGradient = own.Pointer;
                    place.MaskStride = Sizes.MaskStride;
                }

                AttentionBackward.Run<TVector>(Sizes.Shape, place, Sizes.MaskOf(Mask, sample));
            }
        }
    }
}

/// <summary>The extents of an attention whose queries, keys and values lie apart.</summary>
/// <param name="batch">The number of samples; with 0 nothing is done.</param>
/// <param name="steps">The number of queries; positive.</param>
/// <param name="keySteps">The number of keys and values; positive.</param>
/// <param name="heads">The number of heads of queries; positive.</param>
/// <param name="keyHeads">The number of heads of keys and values, which divides that of queries.</param>
/// <param name="headSize">The features of a head; positive.</param>
/// <param name="causal">Whether a query sees only the keys up to its own number.</param>
/// <param name="scale">What scores are multiplied by.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct AttentionSizes(
    int batch, int steps, int keySteps, int heads, int keyHeads, int headSize, bool causal, float scale)
{
    /// <summary>Whether all samples have the same queries.</summary>
    public bool FixedQueries { get; init; }

    /// <summary>Whether all samples have the same keys.</summary>
    public bool FixedKeys { get; init; }

    /// <summary>Whether all samples have the same values.</summary>
    public bool FixedValues { get; init; }

    /// <summary>Whether all samples have the same mask.</summary>
    public bool FixedMask { get; init; }

    /// <summary>Whether each query has a mask of its own.</summary>
    public bool MaskOfQueries { get; init; }

    internal int Batch => batch;

    internal int Steps => steps;

    internal int KeySteps => keySteps;

    internal int Heads => heads;

    internal int KeyHeads => keyHeads;

    internal int HeadSize => headSize;

    internal int Width => heads * headSize;

    internal int KeyWidth => keyHeads * headSize;

    internal int MaskStride => MaskOfQueries ? keySteps : 0;

    internal int MaskFloats => MaskOfQueries ? steps * keySteps : keySteps;

    internal AttentionShape Shape => new(steps, heads, headSize, causal)
    {
        KeySteps = keySteps,
        KeyHeads = keyHeads,
        Scale = scale,
        QueryStride = Width,
        KeyStride = KeyWidth,
    };

    internal long QueryPlace(int sample, int head) => ((long)sample * steps * Width) + (head * headSize);

    internal long KeyPlace(int sample, int keyHead) => ((long)sample * keySteps * KeyWidth) + (keyHead * headSize);

    internal AttentionMask MaskOf(FloatSpan mask, int sample) => mask.IsEmpty
        ? default
        : new(mask.Pointer + (FixedMask ? 0 : (long)sample * MaskFloats), MaskStride);

    /// <exception cref="ArgumentException">An operand is shorter than its shape, or heads do not divide.</exception>
    internal void Check(FloatSpan queries, FloatSpan keys, FloatSpan values, FloatSpan mask)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keySteps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyHeads);
        Guard.Extents(batch, steps, heads, headSize);
        Guard.Extents(batch, keySteps, keyHeads, headSize);
        if (heads % keyHeads != 0 || heads == 0)
        {
            throw new ArgumentException(
                Invariant($"expected heads of keys that divide {heads} heads of queries, got {keyHeads}"));
        }

        Guard.Matrix(queries, (FixedQueries ? 1 : batch) * steps, Width);
        Guard.Matrix(keys, (FixedKeys ? 1 : batch) * keySteps, KeyWidth);
        Guard.Matrix(values, (FixedValues ? 1 : batch) * keySteps, KeyWidth);
        if (!mask.IsEmpty)
        {
            Guard.Extents(batch, steps, keySteps);
            Guard.Matrix(mask, FixedMask ? 1 : batch, MaskFloats);
        }
    }
}
