namespace ModelDsl.Kernels;

/// <summary>c[r, l] (+)= Σₖ a[r, k]·b[k, l] with b as <see cref="RecurrentWeight"/> has laid it out.</summary>
/// <remarks>
/// A panel of b meets all rows while it is in the first cache. Limited by the multiply-add units, or by how fast b comes from
/// the second cache where there are few rows.
/// </remarks>
internal static unsafe class RecurrentProduct
{
    /// <param name="a">The first row.</param>
    /// <param name="aRow">The distance between two rows of a.</param>
    /// <param name="rows">The number of rows; positive.</param>
    /// <param name="depth">The number of products that each element sums; positive.</param>
    /// <param name="packed">The panels.</param>
    /// <param name="lanes">The columns of c; those up to the next multiple of the panels' width are written too.</param>
    /// <param name="c">The first row of the result.</param>
    /// <param name="cRow">The distance between two rows of c.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TVector>(
        float* a, nint aRow, int rows, int depth, float* packed, int lanes, float* c, nint cRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = 2 * TVector.Count;
        int lane = 0;
        for (; rows == 1 && lanes - lane > (RecurrentRow.Panels - 1) * width; lane += RecurrentRow.Panels * width)
        {
            RecurrentRow.Multiply<TVector>(a, depth, packed, c + lane, accumulate);
            packed += (nint)depth * RecurrentRow.Panels * width;
        }

        TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
        for (; lane < lanes; lane += width)
        {
            RegisterTile.MultiplyAll<TVector>(
                range, vectors: 2, depth, a, aRow, 1, packed, width, c + lane, cRow, accumulate);
            packed += (nint)depth * width;
        }
    }
}
