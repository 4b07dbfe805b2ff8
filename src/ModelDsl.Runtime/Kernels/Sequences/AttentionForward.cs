namespace ModelDsl.Kernels;

/// <summary>The attention of one head of one sample.</summary>
/// <remarks>
/// Each tile of queries passes over the tiles of keys it sees, with the softmax of <see cref="AttentionScores"/>. Sums
/// over more than <see cref="AttentionShape.Chain"/> tiles are taken in blocks.
/// </remarks>
internal static unsafe class AttentionForward
{
    /// <param name="shape">The extents.</param>
    /// <param name="queries">The head's queries.</param>
    /// <param name="keyRows">The keys of its head of keys.</param>
    /// <param name="valueRows">The values of that head.</param>
    /// <param name="result">Where the head's result goes.</param>
    /// <param name="logSums">Where m + log l of each row goes, or null.</param>
    /// <param name="mask">What is added to the scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TVector>(
        AttentionShape shape, float* queries, float* keyRows, float* valueRows, float* result, float* logSums,
        AttentionMask mask)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = shape.HeadSize;
        int padded = shape.PaddedSize;
        int paddedSteps = shape.PaddedSteps;
        int tileFloats = AttentionShape.QueryTile * padded;
        long length = ((long)size * paddedSteps) + ((long)shape.KeySteps * padded)
            + (3L * tileFloats) + (AttentionShape.QueryTile * AttentionShape.KeyTile);
        float* keys = Scratch.Get(length);
        float* values = keys + ((long)size * paddedSteps);
        float* tile = values + ((long)shape.KeySteps * padded);
        float* sum = tile + tileFloats;
        float* total = sum + tileFloats;
        float* scores = total + tileFloats;
        float* maxima = stackalloc float[AttentionShape.QueryTile];
        double* denominators = stackalloc double[AttentionShape.QueryTile];
        AttentionTiles.PackTransposed<TVector>(
            keyRows, shape.KeyStride, keys, shape.KeySteps, size, paddedSteps);
        bool isFinite = AttentionTiles.Pack<TVector>(
            valueRows, shape.KeyStride, values, shape.KeySteps, size, padded, 1f, mask.OfKeys);

        for (int query = 0; query < shape.Steps; query += AttentionShape.QueryTile)
        {
            int rows = Math.Min(AttentionShape.QueryTile, shape.Steps - query);
            AttentionTiles.Pack<TVector>(
                queries + ((long)query * shape.QueryStride), shape.QueryStride, tile, rows, size, padded, shape.Scale);
            int keyEnd = shape.KeyEnd(query + rows);
            bool isLong = keyEnd > AttentionShape.Chain * AttentionShape.KeyTile;
            if (isLong)
            {
                new Span<float>(total, tileFloats).Clear();
            }

            for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
            {
                int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                AttentionScores.Compute<TVector>(shape, tile, keys + key, scores, rows, seen);
                for (int row = 0; row < rows; row++)
                {
                    float* line = scores + (row * AttentionShape.KeyTile);
                    int visible = shape.Visible(query + row, key, seen);
                    AttentionScores.Mask<TVector>(line, mask.At(query + row, key), visible);
                    float correction = AttentionScores.Accumulate<TVector>(
                        line, visible, key == 0, ref maxima[row], ref denominators[row]);
                    new Span<float>(line + visible, seen - visible).Clear();
                    if (correction != 1f)
                    {
                        SoftmaxRow.Scale<TVector>(sum + (row * padded), padded, correction);
                        if (isLong)
                        {
                            SoftmaxRow.Scale<TVector>(total + (row * padded), padded, correction);
                        }
                    }
                }

                AttentionProducts.OverKeys<TVector>(
                    shape, scores, values + ((long)key * padded), sum, mask, query, rows, key, seen, isFinite,
                    accumulate: key > 0);
                if (isLong && AttentionShape.EndsChain(key + seen, keyEnd))
                {
                    BlockSums.Move(sum, total, rows * padded);
                }
            }

            for (int row = 0; row < rows; row++)
            {
                // A row that sees no key at all has a result of zeros.
                double denominator = denominators[row];
                bool isBlind = denominator == 0;
                AttentionTiles.Unpack<TVector>(
                    (isLong ? total : sum) + (row * padded), padded,
                    result + ((long)(query + row) * shape.OutputStride), shape.OutputStride,
                    rows: 1, size, isBlind ? 0f : (float)(1 / denominator));
                if (logSums is not null)
                {
                    logSums[query + row] = isBlind ? 0f : (float)(maxima[row] + Math.Log(denominator));
                }
            }
        }
    }
}
