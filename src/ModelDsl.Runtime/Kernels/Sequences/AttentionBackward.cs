using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The gradient of the attention of one head of one sample.</summary>
/// <remarks>
/// With P the softmax, computed again as e^(score - logSum), and D = Σ ∂result·result of each row:
/// ∂V = Pᵀ·∂result, ∂S = P·(∂result·Vᵀ - D) element by element, ∂Q = ∂S·K / √size, ∂K = ∂Sᵀ·Q / √size.
/// </remarks>
internal static unsafe class AttentionBackward
{
    /// <param name="shape">The extents.</param>
    /// <param name="queries">The head's queries; keys and values follow in the same row.</param>
    /// <param name="result">The head's result.</param>
    /// <param name="logSums">The logarithm of each row's denominator.</param>
    /// <param name="resultGradient">The gradient of the result.</param>
    /// <param name="queryGradient">Where that of the queries goes; those of keys and values follow in the same row.</param>
    /// <param name="mask">What is added to the scores of each key, 0 or -∞; or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TVector>(
        AttentionShape shape,
        float* queries,
        float* result,
        float* logSums,
        float* resultGradient,
        float* queryGradient,
        float* mask)
        where TVector : struct, ISimdVector<TVector>
    {
        int size = shape.HeadSize;
        int steps = shape.Steps;
        int padded = shape.PaddedSize;
        int paddedSteps = shape.PaddedSteps;
        long rows = (long)steps * padded;
        long columns = (long)size * paddedSteps;
        const int scoreCount = AttentionShape.QueryTile * AttentionShape.KeyTile;
        float* keys = Scratch.Get((3 * rows) + (2 * columns) + (3L * AttentionShape.QueryTile * padded) + (2 * scoreCount));
        float* keyGradient = keys + rows;
        float* valueGradient = keyGradient + rows;
        float* keysTransposed = valueGradient + rows;
        float* valuesTransposed = keysTransposed + columns;
        float* queryTile = valuesTransposed + columns;
        float* gradientTile = queryTile + (AttentionShape.QueryTile * padded);
        float* sum = gradientTile + (AttentionShape.QueryTile * padded);
        float* probabilities = sum + (AttentionShape.QueryTile * padded);
        float* scoreGradient = probabilities + scoreCount;

        float* keyRows = queries + shape.OutputStride;
        float* valueRows = keyRows + shape.OutputStride;
        AttentionTiles.Pack<TVector>(keyRows, shape.InputStride, keys, steps, size, padded, 1f);
        AttentionTiles.PackTransposed<TVector>(keyRows, shape.InputStride, keysTransposed, steps, size, paddedSteps);
        AttentionTiles.PackTransposed<TVector>(valueRows, shape.InputStride, valuesTransposed, steps, size, paddedSteps);
        Clear(keyGradient, rows);
        Clear(valueGradient, rows);
        float* products = stackalloc float[AttentionShape.QueryTile];

        for (int query = 0; query < steps; query += AttentionShape.QueryTile)
        {
            int count = Math.Min(AttentionShape.QueryTile, steps - query);
            AttentionTiles.Pack<TVector>(
                queries + ((long)query * shape.InputStride), shape.InputStride, queryTile, count, size, padded, shape.Scale);
            AttentionTiles.Pack<TVector>(
                resultGradient + ((long)query * shape.OutputStride), shape.OutputStride, gradientTile, count, size, padded, 1f);
            for (int row = 0; row < count; row++)
            {
                long offset = (long)(query + row) * shape.OutputStride;
                products[row] = SoftmaxRow.Dot<TVector>(resultGradient + offset, result + offset, size);
            }

            int keyEnd = shape.KeyEnd(query + count);
            for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
            {
                int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                int width = AttentionShape.RoundUp(seen, TileProduct.ColumnGrain);
                TileProduct.Multiply<TVector>(
                    queryTile, padded, 1, keysTransposed + key, paddedSteps,
                    probabilities, AttentionShape.KeyTile, count, width, size, accumulate: false);
                TileProduct.Multiply<TVector>(
                    gradientTile, padded, 1, valuesTransposed + key, paddedSteps,
                    scoreGradient, AttentionShape.KeyTile, count, width, size, accumulate: false);
                for (int row = 0; row < count; row++)
                {
                    int visible = shape.Visible(query + row, key, seen);
                    AttentionTiles.Mask(
                        probabilities + (row * AttentionShape.KeyTile), mask is null ? null : mask + key, visible);
                    DifferentiateSoftmax<TVector>(
                        probabilities + (row * AttentionShape.KeyTile), scoreGradient + (row * AttentionShape.KeyTile),
                        visible, seen, logSums[query + row], products[row]);
                }

                TileProduct.Multiply<TVector>(
                    probabilities, 1, AttentionShape.KeyTile, gradientTile, padded,
                    valueGradient + ((long)key * padded), padded, seen, padded, count, accumulate: true);
                TileProduct.Multiply<TVector>(
                    scoreGradient, 1, AttentionShape.KeyTile, queryTile, padded,
                    keyGradient + ((long)key * padded), padded, seen, padded, count, accumulate: true);
                TileProduct.Multiply<TVector>(
                    scoreGradient, AttentionShape.KeyTile, 1, keys + ((long)key * padded), padded,
                    sum, padded, count, padded, seen, accumulate: key > 0);
            }

            AttentionTiles.Unpack<TVector>(
                sum, padded, queryGradient + ((long)query * shape.InputStride), shape.InputStride, count, size, shape.Scale);
        }

        AttentionTiles.Unpack<TVector>(
            keyGradient, padded, queryGradient + shape.OutputStride, shape.InputStride, steps, size, 1f);
        AttentionTiles.Unpack<TVector>(
            valueGradient, padded, queryGradient + (2 * shape.OutputStride), shape.InputStride, steps, size, 1f);
    }

    /// <summary>
    /// Turns a row of scores into probabilities, and the gradient of the probabilities into that of the scores; both are zero
    /// for the keys that the row does not see.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DifferentiateSoftmax<TVector>(
        float* scores, float* gradient, int visible, int columns, float logSum, float product)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shift = TVector.Broadcast(logSum);
        TVector mean = TVector.Broadcast(product);
        for (int i = 0; i < visible; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, visible - i);
            TVector probability = VectorMath.Exp(Operand.Load<TVector>(scores + i, count) - shift);
            Operand.Store(probability, scores + i, count);
            Operand.Store(probability * (Operand.Load<TVector>(gradient + i, count) - mean), gradient + i, count);
        }

        new Span<float>(scores + visible, columns - visible).Clear();
        new Span<float>(gradient + visible, columns - visible).Clear();
    }

    private static void Clear(float* destination, long length) =>
        System.Runtime.InteropServices.NativeMemory.Clear(destination, (nuint)(length * sizeof(float)));
}
