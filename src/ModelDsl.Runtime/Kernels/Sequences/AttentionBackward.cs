namespace ModelDsl.Kernels;

/// <summary>
/// The gradient of the attention of one head of keys of one sample, and of the heads of queries that it serves.
/// </summary>
/// <remarks>
/// With P the softmax, computed again as e^(score - logSum), and D = Σ ∂result·result of each row: ∂V = Pᵀ·∂result, ∂S
/// = P·(∂result·Vᵀ - D) element by element, ∂Q = ∂S·K / √size, ∂K = ∂Sᵀ·Q / √size. Where logSum is large its rounding
/// would be a factor of all probabilities of the row; there the largest score and the denominator are computed again,
/// which costs one more product of the five.
/// </remarks>
internal static unsafe class AttentionBackward
{
    /// <summary>The |logSum| up to which its rounding, half a unit in the last place, stays below 1e-6.</summary>
    private const float LargeLogSum = 32f;

    /// <param name="shape">The extents.</param>
    /// <param name="head">Where the heads lie.</param>
    /// <param name="mask">What is added to the scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TVector>(AttentionShape shape, AttentionHead head, AttentionMask mask)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = shape.HeadSize;
        int steps = shape.KeySteps;
        int group = shape.Heads / shape.KeyHeads;
        int padded = shape.PaddedSize;
        int paddedSteps = shape.PaddedSteps;
        long rows = (long)steps * padded;
        long columns = (long)size * paddedSteps;
        int tileFloats = AttentionShape.QueryTile * padded;
        const int scoreCount = AttentionShape.QueryTile * AttentionShape.KeyTile;
        bool isLong = (long)group * shape.Steps > AttentionShape.Chain * AttentionShape.QueryTile;
        float* keys = Scratch.Get(((isLong ? 5 : 3) * rows) + (2 * columns) + (4L * tileFloats) + (2 * scoreCount));
        float* keyGradient = keys + rows;
        float* valueGradient = keyGradient + rows;
        float* keysTransposed = valueGradient + rows;
        float* valuesTransposed = keysTransposed + columns;
        float* queryTile = valuesTransposed + columns;
        float* gradientTile = queryTile + tileFloats;
        float* sum = gradientTile + tileFloats;
        float* total = sum + tileFloats;
        float* probabilities = total + tileFloats;
        float* scoreGradient = probabilities + scoreCount;
        float* gradientTotals = scoreGradient + scoreCount;

        bool keysAreFinite = AttentionTiles.Pack<TVector>(
            head.Keys, shape.KeyStride, keys, steps, size, padded, 1f, mask.OfKeys);
        AttentionTiles.PackTransposed<TVector>(head.Keys, shape.KeyStride, keysTransposed, steps, size, paddedSteps);
        AttentionTiles.PackTransposed<TVector>(head.Values, shape.KeyStride, valuesTransposed, steps, size, paddedSteps);
        Clear(keyGradient, 2 * rows);
        if (isLong)
        {
            Clear(gradientTotals, 2 * rows);
        }

        Row* tile = stackalloc Row[AttentionShape.QueryTile];
        for (int member = 0; member < group; member++)
        {
            float* queries = head.Queries + (member * size);
            float* result = head.Result + (member * size);
            float* logSums = head.LogSums + ((long)member * shape.Steps);
            float* resultGradient = head.ResultGradient + (member * size);
            float* queryGradient = head.QueryGradient + (member * size);
            for (int query = 0; query < shape.Steps; query += AttentionShape.QueryTile)
            {
                int count = Math.Min(AttentionShape.QueryTile, shape.Steps - query);
                bool queriesAreFinite = AttentionTiles.Pack<TVector>(
                    queries + ((long)query * shape.QueryStride), shape.QueryStride, queryTile, count, size, padded, shape.Scale);
                bool gradientsAreFinite = AttentionTiles.Pack<TVector>(
                    resultGradient + ((long)query * shape.OutputStride), shape.OutputStride, gradientTile, count, size, padded, 1f);
                for (int row = 0; row < count; row++)
                {
                    long offset = (long)(query + row) * shape.OutputStride;
                    tile[row] = new Row
                    {
                        Product = SoftmaxRow.Dot<TVector>(resultGradient + offset, result + offset, size),
                        Shift = logSums[query + row],
                        Factor = 1f,
                    };
                    bool isFinite = float.IsFinite(tile[row].Product) && float.IsFinite(tile[row].Shift);
                    if (!(queriesAreFinite && isFinite) && IsZero(resultGradient + offset, size))
                    {
                        // A result that nobody asks for tells nothing about the keys, whatever it is.
                        tile[row].TakesNoGradient = true;
                        new Span<float>(queryTile + (row * padded), padded).Clear();
                    }
                }

                ReplaceLargeSums<TVector>(shape, queryTile, keysTransposed, mask, probabilities, query, count, tile);
                int keyEnd = shape.KeyEnd(query + count);
                bool sumIsLong = keyEnd > AttentionShape.Chain * AttentionShape.KeyTile;
                if (sumIsLong)
                {
                    new Span<float>(total, tileFloats).Clear();
                }

                for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
                {
                    int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                    AttentionScores.Compute<TVector>(shape, queryTile, keysTransposed + key, probabilities, count, seen);
                    AttentionScores.Compute<TVector>(
                        shape, gradientTile, valuesTransposed + key, scoreGradient, count, seen);
                    for (int row = 0; row < count; row++)
                    {
                        int visible = tile[row].TakesNoGradient ? 0 : shape.Visible(query + row, key, seen);
                        float* line = probabilities + (row * AttentionShape.KeyTile);
                        float* keyMask = mask.At(query + row, key);
                        AttentionScores.Mask<TVector>(line, keyMask, visible);
                        DifferentiateSoftmax<TVector>(
                            line, scoreGradient + (row * AttentionShape.KeyTile), keyMask, visible, seen, tile[row]);
                        if (head.MaskGradient is not null)
                        {
                            ElementwiseRun.Apply(
                                new Span<float>(head.MaskGradient + ((query + row) * head.MaskStride) + key, visible),
                                new AddRun(new FloatSpan(scoreGradient + (row * AttentionShape.KeyTile), visible)));
                        }
                    }

                    long place = (long)key * padded;
                    AttentionProducts.OverQueries<TVector>(
                        shape, probabilities, gradientTile, valueGradient + place, mask, query, count, key, seen,
                        gradientsAreFinite);
                    AttentionProducts.OverQueries<TVector>(
                        shape, scoreGradient, queryTile, keyGradient + place, mask, query, count, key, seen,
                        queriesAreFinite);
                    AttentionProducts.OverKeys<TVector>(
                        shape, scoreGradient, keys + place, sum, mask, query, count, key, seen, keysAreFinite,
                        accumulate: key > 0);
                    if (sumIsLong && AttentionShape.EndsChain(key + seen, keyEnd))
                    {
                        BlockSums.Move(sum, total, count * padded);
                    }
                }

                float* queryGradients = sumIsLong ? total : sum;
                for (int row = 0; row < count; row++)
                {
                    if (tile[row].TakesNoGradient)
                    {
                        new Span<float>(queryGradients + (row * padded), padded).Clear();
                    }
                }

                AttentionTiles.Unpack<TVector>(
                    queryGradients, padded, queryGradient + ((long)query * shape.QueryStride), shape.QueryStride, count,
                    size, shape.Scale);
                if (isLong && ((query / AttentionShape.QueryTile) + 1) % AttentionShape.Chain == 0)
                {
                    BlockSums.Move(keyGradient, gradientTotals, checked((int)(2 * rows)));
                }
            }

            if (isLong)
            {
                BlockSums.Move(keyGradient, gradientTotals, checked((int)(2 * rows)));
            }
        }

        if (isLong)
        {
            keyGradient = gradientTotals;
        }

        AttentionTiles.Unpack<TVector>(
            keyGradient, padded, head.KeyGradient, shape.KeyStride, steps, size, 1f);
        AttentionTiles.Unpack<TVector>(
            keyGradient + rows, padded, head.ValueGradient, shape.KeyStride, steps, size, 1f);
    }

    /// <summary>
    /// Where the logarithm of a row's denominator is large: P = e^(score - m) / l, with m and l computed again from
    /// the scores.
    /// </summary>
    private static void ReplaceLargeSums<TVector>(
        AttentionShape shape, float* queryTile, float* keysTransposed, AttentionMask mask, float* scores,
        int query, int count, Row* tile)
        where TVector : struct, ISimdVector<TVector>
    {
        bool isLarge = false;
        for (int row = 0; row < count; row++)
        {
            isLarge |= MathF.Abs(tile[row].Shift) > LargeLogSum;
        }

        if (!isLarge)
        {
            return;
        }

        float* maxima = stackalloc float[AttentionShape.QueryTile];
        double* denominators = stackalloc double[AttentionShape.QueryTile];
        int keyEnd = shape.KeyEnd(query + count);
        for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
        {
            int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
            AttentionScores.Compute<TVector>(shape, queryTile, keysTransposed + key, scores, count, seen);
            for (int row = 0; row < count; row++)
            {
                float* line = scores + (row * AttentionShape.KeyTile);
                int visible = shape.Visible(query + row, key, seen);
                AttentionScores.Mask<TVector>(line, mask.At(query + row, key), visible);
                AttentionScores.Accumulate<TVector>(line, visible, key == 0, ref maxima[row], ref denominators[row]);
            }
        }

        for (int row = 0; row < count; row++)
        {
            if (MathF.Abs(tile[row].Shift) > LargeLogSum)
            {
                tile[row].Shift = maxima[row];
                tile[row].Factor = (float)(1 / denominators[row]);
            }
        }
    }

    /// <summary>
    /// Turns a row of scores into probabilities, and the gradient of the probabilities into that of the scores; both are zero
    /// for the keys that the row does not see.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DifferentiateSoftmax<TVector>(
        float* scores, float* gradient, float* mask, int visible, int columns, in Row row)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shift = TVector.Broadcast(row.Shift);
        TVector factor = TVector.Broadcast(row.Factor);
        TVector mean = TVector.Broadcast(row.Product);
        TVector hidden = TVector.Broadcast(float.NegativeInfinity);
        for (int i = 0; i < visible; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, visible - i);
            TVector probability = VectorMath.Exp(Operand.Load<TVector>(scores + i, count) - shift) * factor;
            TVector derivative = probability * (Operand.Load<TVector>(gradient + i, count) - mean);
            if (mask is not null)
            {
                TVector isHidden = TVector.EqualTo(Operand.Load<TVector>(mask + i, count), hidden);
                probability = TVector.ConditionalSelect(isHidden, TVector.Zero, probability);
                derivative = TVector.ConditionalSelect(isHidden, TVector.Zero, derivative);
            }

            Operand.Store(probability, scores + i, count);
            Operand.Store(derivative, gradient + i, count);
        }

        new Span<float>(scores + visible, columns - visible).Clear();
        new Span<float>(gradient + visible, columns - visible).Clear();
    }

    private static bool IsZero(float* values, int count) =>
        !new ReadOnlySpan<float>(values, count).ContainsAnyExcept(0f);

    private static void Clear(float* destination, long length) =>
        System.Runtime.InteropServices.NativeMemory.Clear(destination, (nuint)(length * sizeof(float)));

    /// <summary>What is known of a query's row: P = e^(score - Shift)·Factor.</summary>
    private struct Row
    {
        public float Shift;
        public float Factor;

        /// <summary>D = Σ ∂result·result.</summary>
        public float Product;

        public bool TakesNoGradient;
    }
}

/// <summary>Where a head of keys lies, with the first of the heads of queries that it serves.</summary>
internal unsafe struct AttentionHead
{
    public float* Queries;
    public float* Keys;
    public float* Values;

    /// <summary>What the forward pass has given.</summary>
    public float* Result;

    /// <summary>The logarithm of each row's denominator, head after head.</summary>
    public float* LogSums;

    public float* ResultGradient;
    public float* QueryGradient;
    public float* KeyGradient;
    public float* ValueGradient;

    /// <summary>What the gradients of the scores are added to; null where they are not wanted.</summary>
    public float* MaskGradient;

    /// <summary>The distance of the rows of two queries in it; 0 where all have one.</summary>
    public nint MaskStride;
}
