namespace ModelDsl.Kernels;

/// <summary>Sums of rows of working memory, weighted by a tile of [queries, keys].</summary>
/// <remarks>
/// What a query does not see has the weight 0. But 0 times an infinity or NaN is NaN: where the rows hold one, only
/// those are summed that are seen, which is slower.
/// </remarks>
internal static unsafe class AttentionProducts
{
    /// <summary>sums[query] (+)= Σ weights[query, key]·rows[key] over the keys that the query sees.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="weights">[queries, KeyTile].</param>
    /// <param name="rows">One row for each key, zeros where it is masked.</param>
    /// <param name="sums">One row for each query.</param>
    /// <param name="mask">What is added to the scores.</param>
    /// <param name="query">The step of the first query.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="key">The step of the first key.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="isFinite">Whether all rows are finite.</param>
    /// <param name="accumulate">Whether the product is added to the sums.</param>
    public static void OverKeys<TVector>(
        AttentionShape shape, float* weights, float* rows, float* sums, AttentionMask mask,
        int query, int queries, int key, int keys, bool isFinite, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int padded = shape.PaddedSize;
        if (isFinite || !(shape.Causal || mask.IsOfQueries))
        {
            TileProduct.Multiply<TVector>(
                weights, AttentionShape.KeyTile, 1, rows, padded, sums, padded, queries, padded, keys, accumulate);
            return;
        }

        for (int row = 0; row < queries; row++)
        {
            if (mask.IsOfQueries)
            {
                OverSeenKeys<TVector>(shape, weights, rows, sums, mask, query, row, key, keys, accumulate);
                continue;
            }

            TileProduct.Multiply<TVector>(
                weights + (row * AttentionShape.KeyTile), AttentionShape.KeyTile, 1, rows, padded,
                sums + (row * padded), padded, m: 1, padded, shape.Visible(query + row, key, keys), accumulate);
        }
    }

    /// <summary>sums[key] += Σ weights[query, key]·rows[query] over the queries that see the key.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="weights">[queries, KeyTile].</param>
    /// <param name="rows">One row for each query.</param>
    /// <param name="sums">One row for each key.</param>
    /// <param name="mask">What is added to the scores.</param>
    /// <param name="query">The step of the first query.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="key">The step of the first key.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="isFinite">Whether all rows are finite.</param>
    public static void OverQueries<TVector>(
        AttentionShape shape, float* weights, float* rows, float* sums, AttentionMask mask,
        int query, int queries, int key, int keys, bool isFinite)
        where TVector : struct, ISimdVector<TVector>
    {
        int padded = shape.PaddedSize;
        if (isFinite || (!shape.Causal && mask.IsNone))
        {
            TileProduct.Multiply<TVector>(
                weights, 1, AttentionShape.KeyTile, rows, padded, sums, padded, keys, padded, queries,
                accumulate: true);
            return;
        }

        for (int i = 0; i < keys; i++)
        {
            int first = shape.Causal ? Math.Clamp(key + i - query, 0, queries) : 0;
            if (mask.IsOfQueries)
            {
                for (int row = first; row < queries; row++)
                {
                    if (!mask.Hides(query + row, key + i))
                    {
                        TileProduct.Multiply<TVector>(
                            weights + (row * AttentionShape.KeyTile) + i, 1, 1, rows + (row * padded), padded,
                            sums + (i * padded), padded, m: 1, padded, k: 1, accumulate: true);
                    }
                }
            }
            else if (!mask.Hides(query, key + i))
            {
                TileProduct.Multiply<TVector>(
                    weights + (first * AttentionShape.KeyTile) + i, 1, AttentionShape.KeyTile,
                    rows + (first * padded), padded, sums + (i * padded), padded, m: 1, padded, queries - first,
                    accumulate: true);
            }
        }
    }

    // Key by key, those of a row that it sees.
    private static void OverSeenKeys<TVector>(
        AttentionShape shape, float* weights, float* rows, float* sums, AttentionMask mask,
        int query, int row, int key, int keys, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int padded = shape.PaddedSize;
        if (!accumulate)
        {
            new Span<float>(sums + (row * padded), padded).Clear();
        }

        int visible = shape.Visible(query + row, key, keys);
        for (int i = 0; i < visible; i++)
        {
            if (!mask.Hides(query + row, key + i))
            {
                TileProduct.Multiply<TVector>(
                    weights + (row * AttentionShape.KeyTile) + i, 1, 1, rows + (i * padded), padded,
                    sums + (row * padded), padded, m: 1, padded, k: 1, accumulate: true);
            }
        }
    }
}
