using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>c[m, n] (+)= a(m, k)·b[k, n] for tiles that lie in the first caches, with a read in either direction.</summary>
/// <remarks>
/// A block of four rows by two vectors of c stays in registers while k runs; each step loads two vectors of b and spreads
/// four elements of a. Limited by the multiply-add units.
/// </remarks>
internal static unsafe class TileProduct
{
    /// <summary>What the columns of b and c are a multiple of.</summary>
    public const int ColumnGrain = 16;

    private const int BlockRows = 4;

    /// <param name="a">Element (i, p) lies at i·aRow + p·aColumn.</param>
    /// <param name="aRow">The distance of two rows of a.</param>
    /// <param name="aColumn">The distance of two columns of a.</param>
    /// <param name="b">[k, n], row after row.</param>
    /// <param name="bRow">The distance of two rows of b.</param>
    /// <param name="c">[m, n], row after row.</param>
    /// <param name="cRow">The distance of two rows of c.</param>
    /// <param name="m">The rows of c.</param>
    /// <param name="n">The columns of c, a multiple of <see cref="ColumnGrain"/>.</param>
    /// <param name="k">The number of products that each element sums.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    public static void Multiply(
        float* a, int aRow, int aColumn, float* b, int bRow, float* c, int cRow, int m, int n, int k, bool accumulate)
    {
        if (SimdVector512.IsHardwareAccelerated)
        {
            Multiply<SimdVector512>(a, aRow, aColumn, b, bRow, c, cRow, m, n, k, accumulate);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            Multiply<SimdVector256>(a, aRow, aColumn, b, bRow, c, cRow, m, n, k, accumulate);
        }
        else
        {
            Multiply<SimdVector128>(a, aRow, aColumn, b, bRow, c, cRow, m, n, k, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TVector>(
        float* a, int aRow, int aColumn, float* b, int bRow, float* c, int cRow, int m, int n, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int column = 0;
        for (; column <= n - (2 * TVector.Count); column += 2 * TVector.Count)
        {
            int row = 0;
            for (; row <= m - BlockRows; row += BlockRows)
            {
                Block<TVector>(
                    a + (row * aRow), aRow, aColumn, b + column, bRow, c + (row * cRow) + column, cRow, k, accumulate);
            }

            for (; row < m; row++)
            {
                Row<TVector>(a + (row * aRow), aColumn, b + column, bRow, c + (row * cRow) + column, k, accumulate);
                Row<TVector>(
                    a + (row * aRow), aColumn, b + column + TVector.Count, bRow,
                    c + (row * cRow) + column + TVector.Count, k, accumulate);
            }
        }

        for (; column < n; column += TVector.Count)
        {
            int row = 0;
            for (; row <= m - BlockRows; row += BlockRows)
            {
                NarrowBlock<TVector>(
                    a + (row * aRow), aRow, aColumn, b + column, bRow, c + (row * cRow) + column, cRow, k, accumulate);
            }

            for (; row < m; row++)
            {
                Row<TVector>(a + (row * aRow), aColumn, b + column, bRow, c + (row * cRow) + column, k, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<TVector>(
        float* a, int aRow, int aColumn, float* b, int bRow, float* c, int cRow, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector c00 = TVector.Zero, c01 = TVector.Zero, c10 = TVector.Zero, c11 = TVector.Zero;
        TVector c20 = TVector.Zero, c21 = TVector.Zero, c30 = TVector.Zero, c31 = TVector.Zero;
        float* a1 = a + aRow;
        float* a2 = a1 + aRow;
        float* a3 = a2 + aRow;
        nint offset = 0;
        for (int p = 0; p < k; p++)
        {
            TVector b0 = TVector.Load(b);
            TVector b1 = TVector.Load(b + TVector.Count);
            TVector spread = TVector.Broadcast(a[offset]);
            c00 = TVector.MultiplyAdd(spread, b0, c00);
            c01 = TVector.MultiplyAdd(spread, b1, c01);
            spread = TVector.Broadcast(a1[offset]);
            c10 = TVector.MultiplyAdd(spread, b0, c10);
            c11 = TVector.MultiplyAdd(spread, b1, c11);
            spread = TVector.Broadcast(a2[offset]);
            c20 = TVector.MultiplyAdd(spread, b0, c20);
            c21 = TVector.MultiplyAdd(spread, b1, c21);
            spread = TVector.Broadcast(a3[offset]);
            c30 = TVector.MultiplyAdd(spread, b0, c30);
            c31 = TVector.MultiplyAdd(spread, b1, c31);
            b += bRow;
            offset += aColumn;
        }

        Finish(c, c00, c01, accumulate);
        Finish(c + cRow, c10, c11, accumulate);
        Finish(c + (2 * cRow), c20, c21, accumulate);
        Finish(c + (3 * cRow), c30, c31, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowBlock<TVector>(
        float* a, int aRow, int aColumn, float* b, int bRow, float* c, int cRow, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector c0 = TVector.Zero, c1 = TVector.Zero, c2 = TVector.Zero, c3 = TVector.Zero;
        for (int p = 0; p < k; p++)
        {
            TVector row = TVector.Load(b);
            c0 = TVector.MultiplyAdd(TVector.Broadcast(a[0]), row, c0);
            c1 = TVector.MultiplyAdd(TVector.Broadcast(a[aRow]), row, c1);
            c2 = TVector.MultiplyAdd(TVector.Broadcast(a[2 * aRow]), row, c2);
            c3 = TVector.MultiplyAdd(TVector.Broadcast(a[3 * aRow]), row, c3);
            b += bRow;
            a += aColumn;
        }

        Finish(c, c0, accumulate);
        Finish(c + cRow, c1, accumulate);
        Finish(c + (2 * cRow), c2, accumulate);
        Finish(c + (3 * cRow), c3, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TVector>(float* a, int aColumn, float* b, int bRow, float* c, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int p = 0; p < k; p++)
        {
            sum = TVector.MultiplyAdd(TVector.Broadcast(*a), TVector.Load(b), sum);
            b += bRow;
            a += aColumn;
        }

        Finish(c, sum, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVector>(float* c, TVector left, TVector right, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        Finish(c, left, accumulate);
        Finish(c + TVector.Count, right, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVector>(float* c, TVector sum, bool accumulate)
        where TVector : struct, ISimdVector<TVector> =>
        (accumulate ? TVector.Load(c) + sum : sum).Store(c);
}
