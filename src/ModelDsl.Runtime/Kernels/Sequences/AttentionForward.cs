namespace ModelDsl.Kernels;

/// <summary>The attention of one head of one sample.</summary>
/// <remarks>
/// Each tile of queries passes over the tiles of keys it sees and carries, for each row, the largest score m and the sum
/// l = Σ e^(score - m) so far. A larger score scales what is summed already by e^(old m - new m).
/// </remarks>
internal static unsafe class AttentionForward
{
    /// <param name="shape">The extents.</param>
    /// <param name="queries">The head's queries; keys and values follow in the same row.</param>
    /// <param name="result">Where the head's result goes.</param>
    /// <param name="logSums">Where m + log l of each row goes, or null.</param>
    public static void Run(AttentionShape shape, float* queries, float* result, float* logSums)
    {
        int size = shape.HeadSize;
        int padded = shape.PaddedSize;
        int paddedSteps = shape.PaddedSteps;
        long length = ((long)size * paddedSteps) + ((long)shape.Steps * padded)
            + (2L * AttentionShape.QueryTile * padded) + (AttentionShape.QueryTile * (AttentionShape.KeyTile + 2L));
        float* keys = Scratch.Get(length);
        float* values = keys + ((long)size * paddedSteps);
        float* tile = values + ((long)shape.Steps * padded);
        float* sum = tile + (AttentionShape.QueryTile * padded);
        float* scores = sum + (AttentionShape.QueryTile * padded);
        float* maxima = scores + (AttentionShape.QueryTile * AttentionShape.KeyTile);
        float* denominators = maxima + AttentionShape.QueryTile;
        AttentionTiles.PackTransposed(
            queries + shape.OutputStride, shape.InputStride, keys, shape.Steps, size, paddedSteps);
        AttentionTiles.Pack(
            queries + (2 * shape.OutputStride), shape.InputStride, values, shape.Steps, size, padded, 1f);

        for (int query = 0; query < shape.Steps; query += AttentionShape.QueryTile)
        {
            int rows = Math.Min(AttentionShape.QueryTile, shape.Steps - query);
            AttentionTiles.Pack(
                queries + ((long)query * shape.InputStride), shape.InputStride, tile, rows, size, padded, shape.Scale);
            new Span<float>(maxima, rows).Fill(float.NegativeInfinity);
            new Span<float>(denominators, rows).Clear();
            int keyEnd = shape.KeyEnd(query + rows);
            for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
            {
                int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                int columns = AttentionShape.RoundUp(seen, TileProduct.ColumnGrain);
                TileProduct.Multiply(
                    tile, padded, 1, keys + key, paddedSteps, scores, AttentionShape.KeyTile, rows, columns, size, accumulate: false);
                for (int row = 0; row < rows; row++)
                {
                    int visible = shape.Causal ? Math.Min(seen, query + row + 1 - key) : seen;
                    AddScores(
                        scores + (row * AttentionShape.KeyTile), visible, columns,
                        ref maxima[row], ref denominators[row], out float correction);
                    if (key > 0 && correction != 1f)
                    {
                        var partial = new Span<float>(sum + (row * padded), padded);
                        System.Numerics.Tensors.TensorPrimitives.Multiply(partial, correction, partial);
                    }
                }

                TileProduct.Multiply(
                    scores, AttentionShape.KeyTile, 1, values + ((long)key * padded), padded, sum, padded, rows, padded, seen,
                    accumulate: key > 0);
            }

            for (int row = 0; row < rows; row++)
            {
                AttentionTiles.Unpack(
                    sum + (row * padded), padded, result + ((long)(query + row) * shape.OutputStride), shape.OutputStride,
                    rows: 1, size, 1f / denominators[row]);
                if (logSums is not null)
                {
                    logSums[query + row] = maxima[row] + MathF.Log(denominators[row]);
                }
            }
        }
    }

    /// <summary>Turns a row of scores into e^(score - m), with zeros for the keys that the row does not see.</summary>
    private static void AddScores(
        float* scores, int visible, int columns, ref float maximum, ref float denominator, out float correction)
    {
        new Span<float>(scores + visible, columns - visible).Fill(float.NegativeInfinity);
        if (SimdVector512.IsHardwareAccelerated)
        {
            AddScores<SimdVector512>(scores, columns, ref maximum, ref denominator, out correction);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            AddScores<SimdVector256>(scores, columns, ref maximum, ref denominator, out correction);
        }
        else
        {
            AddScores<SimdVector128>(scores, columns, ref maximum, ref denominator, out correction);
        }
    }

    private static void AddScores<TVector>(
        float* scores, int columns, ref float maximum, ref float denominator, out float correction)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector largest = TVector.Load(scores);
        for (int i = TVector.Count; i < columns; i += TVector.Count)
        {
            largest = TVector.Max(largest, TVector.Load(scores + i));
        }

        float before = maximum;
        maximum = MathF.Max(before, TVector.MaxAcross(largest));
        correction = MathF.Exp(before - maximum);
        TVector shift = TVector.Broadcast(maximum);
        TVector sum = TVector.Zero;
        for (int i = 0; i < columns; i += TVector.Count)
        {
            TVector power = VectorMath.Exp(TVector.Load(scores + i) - shift);
            power.Store(scores + i);
            sum += power;
        }

        denominator = (denominator * correction) + TVector.Sum(sum);
    }
}
