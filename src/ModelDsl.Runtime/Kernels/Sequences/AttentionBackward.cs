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
    public static void Run(
        AttentionShape shape, float* queries, float* result, float* logSums, float* resultGradient, float* queryGradient)
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
        AttentionTiles.Pack(keyRows, shape.InputStride, keys, steps, size, padded, 1f);
        AttentionTiles.PackTransposed(keyRows, shape.InputStride, keysTransposed, steps, size, paddedSteps);
        AttentionTiles.PackTransposed(valueRows, shape.InputStride, valuesTransposed, steps, size, paddedSteps);
        Clear(keyGradient, rows);
        Clear(valueGradient, rows);
        float* products = stackalloc float[AttentionShape.QueryTile];

        for (int query = 0; query < steps; query += AttentionShape.QueryTile)
        {
            int count = Math.Min(AttentionShape.QueryTile, steps - query);
            AttentionTiles.Pack(
                queries + ((long)query * shape.InputStride), shape.InputStride, queryTile, count, size, padded, shape.Scale);
            AttentionTiles.Pack(
                resultGradient + ((long)query * shape.OutputStride), shape.OutputStride, gradientTile, count, size, padded, 1f);
            for (int row = 0; row < count; row++)
            {
                long offset = (long)(query + row) * shape.OutputStride;
                products[row] = Dot(resultGradient + offset, result + offset, size);
            }

            int keyEnd = shape.KeyEnd(query + count);
            for (int key = 0; key < keyEnd; key += AttentionShape.KeyTile)
            {
                int seen = Math.Min(AttentionShape.KeyTile, keyEnd - key);
                int width = AttentionShape.RoundUp(seen, TileProduct.ColumnGrain);
                TileProduct.Multiply(
                    queryTile, padded, 1, keysTransposed + key, paddedSteps,
                    probabilities, AttentionShape.KeyTile, count, width, size, accumulate: false);
                TileProduct.Multiply(
                    gradientTile, padded, 1, valuesTransposed + key, paddedSteps,
                    scoreGradient, AttentionShape.KeyTile, count, width, size, accumulate: false);
                for (int row = 0; row < count; row++)
                {
                    int visible = shape.Causal ? Math.Min(seen, query + row + 1 - key) : seen;
                    DifferentiateSoftmax(
                        probabilities + (row * AttentionShape.KeyTile), scoreGradient + (row * AttentionShape.KeyTile),
                        visible, width, logSums[query + row], products[row]);
                }

                TileProduct.Multiply(
                    probabilities, 1, AttentionShape.KeyTile, gradientTile, padded,
                    valueGradient + ((long)key * padded), padded, seen, padded, count, accumulate: true);
                TileProduct.Multiply(
                    scoreGradient, 1, AttentionShape.KeyTile, queryTile, padded,
                    keyGradient + ((long)key * padded), padded, seen, padded, count, accumulate: true);
                TileProduct.Multiply(
                    scoreGradient, AttentionShape.KeyTile, 1, keys + ((long)key * padded), padded,
                    sum, padded, count, padded, seen, accumulate: key > 0);
            }

            AttentionTiles.Unpack(
                sum, padded, queryGradient + ((long)query * shape.InputStride), shape.InputStride, count, size, shape.Scale);
        }

        AttentionTiles.Unpack(
            keyGradient, padded, queryGradient + shape.OutputStride, shape.InputStride, steps, size, 1f);
        AttentionTiles.Unpack(
            valueGradient, padded, queryGradient + (2 * shape.OutputStride), shape.InputStride, steps, size, 1f);
    }

    /// <summary>Turns a row of scores into probabilities, and the gradient of the probabilities into that of the scores.</summary>
    private static void DifferentiateSoftmax(
        float* scores, float* gradient, int visible, int columns, float logSum, float product)
    {
        new Span<float>(scores + visible, columns - visible).Fill(float.NegativeInfinity);
        if (SimdVector512.IsHardwareAccelerated)
        {
            DifferentiateSoftmax<SimdVector512>(scores, gradient, columns, logSum, product);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            DifferentiateSoftmax<SimdVector256>(scores, gradient, columns, logSum, product);
        }
        else
        {
            DifferentiateSoftmax<SimdVector128>(scores, gradient, columns, logSum, product);
        }
    }

    private static void DifferentiateSoftmax<TVector>(
        float* scores, float* gradient, int columns, float logSum, float product)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shift = TVector.Broadcast(logSum);
        TVector mean = TVector.Broadcast(product);
        for (int i = 0; i < columns; i += TVector.Count)
        {
            TVector probability = VectorMath.Exp(TVector.Load(scores + i) - shift);
            probability.Store(scores + i);
            (probability * (TVector.Load(gradient + i) - mean)).Store(gradient + i);
        }
    }

    private static float Dot(float* left, float* right, int length) =>
        System.Numerics.Tensors.TensorPrimitives.Dot(new ReadOnlySpan<float>(left, length), new ReadOnlySpan<float>(right, length));

    private static void Clear(float* destination, long length) =>
        System.Runtime.InteropServices.NativeMemory.Clear(destination, (nuint)(length * sizeof(float)));
}
