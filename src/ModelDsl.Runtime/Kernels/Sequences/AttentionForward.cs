using System.Runtime.CompilerServices;

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
    /// <param name="mask">What is added to the scores of each key, 0 or -∞; or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TVector>(AttentionShape shape, float* queries, float* result, float* logSums, float* mask)
        where TVector : struct, ISimdVector<TVector>
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
        AttentionTiles.PackTransposed<TVector>(
            queries + shape.OutputStride, shape.InputStride, keys, shape.Steps, size, paddedSteps);
        AttentionTiles.Pack<TVector>(
            queries + (2 * shape.OutputStride), shape.InputStride, values, shape.Steps, size, padded, 1f);

        for (int query = 0; query < shape.Steps; query += AttentionShape.QueryTile)
        {
            int rows = Math.Min(AttentionShape.QueryTile, shape.Steps - query);
            AttentionTiles.Pack<TVector>(
                queries + ((long)query * shape.InputStride), shape.InputStride, tile, rows, size, padded, shape.Scale);
            int keyEnd = shape.KeyEnd(query + rows);
            for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
            {
                int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                int columns = AttentionShape.RoundUp(seen, TileProduct.ColumnGrain);
                TileProduct.Multiply<TVector>(
                    tile, padded, 1, keys + key, paddedSteps, scores, AttentionShape.KeyTile, rows, columns, size, accumulate: false);
                for (int row = 0; row < rows; row++)
                {
                    float* line = scores + (row * AttentionShape.KeyTile);
                    int visible = shape.Visible(query + row, key, seen);
                    AttentionTiles.Mask(line, mask is null ? null : mask + key, visible);
                    float before = key == 0 ? float.NegativeInfinity : maxima[row];
                    float maximum = MathF.Max(before, visible == 0 ? before : SoftmaxRow.Max<TVector>(line, visible));

                    // Where no key was seen so far all powers are zero, whatever is subtracted.
                    float shift = float.IsNegativeInfinity(maximum) ? 0f : maximum;
                    float total = SoftmaxRow.Exponentials<TVector>(line, line, visible, shift);
                    new Span<float>(line + visible, seen - visible).Clear();
                    if (key > 0)
                    {
                        float correction = before == maximum ? 1f : MathF.Exp(before - maximum);
                        total += denominators[row] * correction;
                        if (correction != 1f)
                        {
                            SoftmaxRow.Scale<TVector>(sum + (row * padded), padded, correction);
                        }
                    }

                    maxima[row] = maximum;
                    denominators[row] = total;
                }

                TileProduct.Multiply<TVector>(
                    scores, AttentionShape.KeyTile, 1, values + ((long)key * padded), padded, sum, padded, rows, padded, seen,
                    accumulate: key > 0);
            }

            for (int row = 0; row < rows; row++)
            {
                // A row that sees no key at all has a result of zeros.
                float denominator = denominators[row];
                bool isBlind = denominator == 0f;
                AttentionTiles.Unpack<TVector>(
                    sum + (row * padded), padded, result + ((long)(query + row) * shape.OutputStride), shape.OutputStride,
                    rows: 1, size, isBlind ? 0f : 1f / denominator);
                if (logSums is not null)
                {
                    logSums[query + row] = isBlind ? 0f : maxima[row] + MathF.Log(denominator);
                }
            }
        }
    }
}
