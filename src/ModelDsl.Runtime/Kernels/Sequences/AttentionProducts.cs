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
    /// <param name="query">The step of the first query.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="key">The step of the first key.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="isFinite">Whether all rows are finite.</param>
    /// <param name="accumulate">Whether the product is added to the sums.</param>
    public static void OverKeys<TVector>(
        AttentionShape shape, float* weights, float* rows, float* sums,
        int query, int queries, int key, int keys, bool isFinite, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int padded = shape.PaddedSize;
        if (isFinite || !shape.Causal)
        {
            TileProduct.Multiply<TVector>(
                weights, AttentionShape.KeyTile, 1, rows, padded, sums, padded, queries, padded, keys, accumulate);
            return;
        }

        for (int row = 0; row < queries; row++)
        {
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
    /// <param name="mask">What is added to the scores of each key, 0 or -∞; or null.</param>
    /// <param name="query">The step of the first query.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="key">The step of the first key.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="isFinite">Whether all rows are finite.</param>
    public static void OverQueries<TVector>(
        AttentionShape shape, float* weights, float* rows, float* sums, float* mask,
        int query, int queries, int key, int keys, bool isFinite)
        where TVector : struct, ISimdVector<TVector>
    {
        int padded = shape.PaddedSize;
        if (isFinite || (!shape.Causal && mask is null))
        {
            TileProduct.Multiply<TVector>(
                weights, 1, AttentionShape.KeyTile, rows, padded, sums, padded, keys, padded, queries,
                accumulate: true);
            return;
        }

        for (int i = 0; i < keys; i++)
        {
            if (!AttentionTiles.IsMasked(mask, key + i))
            {
                int first = shape.Causal ? Math.Clamp(key + i - query, 0, queries) : 0;
                TileProduct.Multiply<TVector>(
                    weights + (first * AttentionShape.KeyTile) + i, 1, AttentionShape.KeyTile,
                    rows + (first * padded), padded, sums + (i * padded), padded, m: 1, padded, queries - first,
                    accumulate: true);
            }
        }
    }
}
