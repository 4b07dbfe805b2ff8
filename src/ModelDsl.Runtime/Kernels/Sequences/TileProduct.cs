namespace ModelDsl.Kernels;

/// <summary>c[m, n] (+)= a(m, k)·b[k, n] for tiles that lie in the first caches, with a read in either direction.</summary>
/// <remarks>Runs through the register tile of the matrix products. Limited by the multiply-add units.</remarks>
internal static unsafe class TileProduct
{
    /// <summary>What the columns of b and c are a multiple of.</summary>
    public const int ColumnGrain = 16;

    /// <param name="a">Element (i, p) lies at i·aRow + p·aColumn.</param>
    /// <param name="aRow">The distance of two rows of a.</param>
    /// <param name="aColumn">The distance of two columns of a.</param>
    /// <param name="b">[k, n], row after row.</param>
    /// <param name="bRow">The distance of two rows of b.</param>
    /// <param name="c">[m, n], row after row.</param>
    /// <param name="cRow">The distance of two rows of c.</param>
    /// <param name="m">The rows of c; positive.</param>
    /// <param name="n">The columns of c, a multiple of <see cref="ColumnGrain"/>.</param>
    /// <param name="k">The number of products that each element sums.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TVector>(
        float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, int m, int n, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        TileRange range = TileRange.Of(m, RegisterTile.MaxRows<TVector>());
        for (int column = 0; column < n; column += 2 * TVector.Count)
        {
            int vectors = n - column > TVector.Count ? 2 : 1;
            RegisterTile.MultiplyAll<TVector>(
                range, vectors, k, a, aRow, aColumn, b + column, bRow, c + column, cRow, accumulate);
        }
    }
}
