using System.Runtime.Intrinsics;

namespace ModelDsl.Kernels;

/// <summary>
/// c[i, j] = Σₖ a[i, k]·b[j, k] for up to four rows of a and six of b, both read along k in whole vectors: nothing is packed
/// or turned.
/// </summary>
/// <remarks>
/// Each step loads ten vectors for 24 multiply-adds. Each element has an accumulator of its own, whose lanes are added
/// at the end as a tree, so its sum does not depend on the tile's shape. Limited by the multiply-add units, from four rows on;
/// with one row by how fast b comes from memory. Rows and columns are written out, because only locals stay in
/// registers.
/// </remarks>
internal readonly unsafe struct DotTile
{
    /// <summary>The largest number of rows of a in a tile.</summary>
    public const int MaxRows = 4;

    private readonly delegate*<int, float*, nint, float*, nint, float*, nint, bool, void> _multiply;

    private DotTile(delegate*<int, float*, nint, float*, nint, float*, nint, bool, void> multiply) =>
        _multiply = multiply;

    /// <summary>The largest number of rows of b in a tile with <paramref name="rows"/> of a.</summary>
    public static int MaxColumns<TVector>(int rows)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.HasManyRegisters ? 6 : Math.Min(6, 12 / rows);

    /// <summary>The number of products from which a sum is taken in pieces: a lane adds up 96 of them.</summary>
    public static int LongDepth<TVector>()
        where TVector : struct, ISimdVector<TVector> => 96 * TVector.Count;

    /// <summary>A tile whose sums are long: in pieces of equal length, which are added up in double precision.</summary>
    /// <remarks>One chain of a million additions in single precision would lose three digits.</remarks>
    /// <param name="rows">The rows of a, from 1 to <see cref="MaxRows"/>.</param>
    /// <param name="columns">The rows of b, from 1 to <see cref="MaxColumns"/>.</param>
    /// <param name="depth">The number of products in a sum, and the distance between the rows of a and of b.</param>
    /// <param name="a">The first row of a.</param>
    /// <param name="b">The first row of b.</param>
    /// <param name="c">The tile's first element in the result.</param>
    /// <param name="cRow">The distance between the result's rows.</param>
    /// <param name="accumulate">Whether the product is added to the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyLong<TVector>(
        int rows, int columns, int depth, float* a, float* b, float* c, nint cRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        const int Row = 8;
        float* sums = stackalloc float[MaxRows * Row];
        double* totals = stackalloc double[MaxRows * Row];
        new Span<double>(totals, MaxRows * Row).Clear();
        int pieces = ((depth - 1) / LongDepth<TVector>()) + 1;
        int piece = BlockSizes.RoundUp(((depth - 1) / pieces) + 1, TVector.Count);
        for (int k = 0; k < depth; k += piece)
        {
            Select<TVector>(rows, columns).Multiply(
                Math.Min(piece, depth - k), a + k, depth, b + k, depth, sums, Row, false);
            for (int i = 0; i < rows * Row; i += Row)
            {
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Load(sums + i));
                (Vector256.Load(totals + i) + lower).Store(totals + i);
                (Vector256.Load(totals + i + 4) + upper).Store(totals + i + 4);
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float* to = c + (row * cRow) + column;
                double sum = totals[(row * Row) + column];
                *to = (float)(accumulate ? *to + sum : sum);
            }
        }
    }

    /// <summary>The kernel for a shape: at most <see cref="MaxRows"/> and <see cref="MaxColumns"/>.</summary>
    public static DotTile Select<TVector>(int rows, int columns)
        where TVector : struct, ISimdVector<TVector> => rows switch
        {
            1 => new(Select<TVector, Count.One>(columns)),
            2 => new(Select<TVector, Count.Two>(columns)),
            3 => new(Select<TVector, Count.Three>(columns)),
            _ => new(Select<TVector, Count.Four>(columns)),
        };

    private static delegate*<int, float*, nint, float*, nint, float*, nint, bool, void> Select<TVector, TRows>(
        int columns)
        where TVector : struct, ISimdVector<TVector>
        where TRows : struct, ICount => columns switch
        {
            1 => &Multiply<TVector, TRows, Count.One>,
            2 => &Multiply<TVector, TRows, Count.Two>,
            3 => &Multiply<TVector, TRows, Count.Three>,
            4 => &Multiply<TVector, TRows, Count.Four>,
            5 => &Multiply<TVector, TRows, Count.Five>,
            _ => &Multiply<TVector, TRows, Count.Six>,
        };

    /// <summary>The products of one tile.</summary>
    /// <param name="depth">The number of products in a sum.</param>
    /// <param name="a">The first row of a.</param>
    /// <param name="aRow">The distance between the rows of a.</param>
    /// <param name="b">The first row of b.</param>
    /// <param name="bRow">The distance between the rows of b.</param>
    /// <param name="c">The tile's first element in the result.</param>
    /// <param name="cRow">The distance between the result's rows.</param>
    /// <param name="accumulate">Whether the product is added to the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(int depth, float* a, nint aRow, float* b, nint bRow, float* c, nint cRow, bool accumulate) =>
        _multiply(depth, a, aRow, b, bRow, c, cRow, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TVector, TRows, TColumns>(
        int depth, float* a, nint aRow, float* b, nint bRow, float* c, nint cRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        TVector c00 = TVector.Zero, c01 = TVector.Zero, c02 = TVector.Zero, c03 = TVector.Zero, c04 = TVector.Zero, c05 = TVector.Zero;
        TVector c10 = TVector.Zero, c11 = TVector.Zero, c12 = TVector.Zero, c13 = TVector.Zero, c14 = TVector.Zero, c15 = TVector.Zero;
        TVector c20 = TVector.Zero, c21 = TVector.Zero, c22 = TVector.Zero, c23 = TVector.Zero, c24 = TVector.Zero, c25 = TVector.Zero;
        TVector c30 = TVector.Zero, c31 = TVector.Zero, c32 = TVector.Zero, c33 = TVector.Zero, c34 = TVector.Zero, c35 = TVector.Zero;

        // What lies beyond the shape is read from the first row again, and its products are not computed.
        float* a0 = a;
        float* a1 = TRows.Value > 1 ? a + aRow : a;
        float* a2 = TRows.Value > 2 ? a + (2 * aRow) : a;
        float* a3 = TRows.Value > 3 ? a + (3 * aRow) : a;
        float* b0 = b;
        float* b3 = b + (3 * bRow);
        nint bTwoRows = 2 * bRow;
        int k = 0;
        for (; k <= depth - TVector.Count; k += TVector.Count)
        {
            TVector x0 = TVector.Load(a0 + k);
            TVector x1 = TRows.Value <= 1 ? TVector.Zero : TVector.Load(a1 + k);
            TVector x2 = TRows.Value <= 2 ? TVector.Zero : TVector.Load(a2 + k);
            TVector x3 = TRows.Value <= 3 ? TVector.Zero : TVector.Load(a3 + k);
            if (TColumns.Value > 0)
            {
                TVector y = TVector.Load(b0 + k);
                c00 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c00) : c00;
                c10 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c10) : c10;
                c20 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c20) : c20;
                c30 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c30) : c30;
            }

            if (TColumns.Value > 1)
            {
                TVector y = TVector.Load(b0 + bRow + k);
                c01 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c01) : c01;
                c11 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c11) : c11;
                c21 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c21) : c21;
                c31 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c31) : c31;
            }

            if (TColumns.Value > 2)
            {
                TVector y = TVector.Load(b0 + bTwoRows + k);
                c02 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c02) : c02;
                c12 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c12) : c12;
                c22 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c22) : c22;
                c32 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c32) : c32;
            }

            if (TColumns.Value > 3)
            {
                TVector y = TVector.Load(b3 + k);
                c03 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c03) : c03;
                c13 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c13) : c13;
                c23 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c23) : c23;
                c33 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c33) : c33;
            }

            if (TColumns.Value > 4)
            {
                TVector y = TVector.Load(b3 + bRow + k);
                c04 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c04) : c04;
                c14 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c14) : c14;
                c24 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c24) : c24;
                c34 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c34) : c34;
            }

            if (TColumns.Value > 5)
            {
                TVector y = TVector.Load(b3 + bTwoRows + k);
                c05 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c05) : c05;
                c15 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c15) : c15;
                c25 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c25) : c25;
                c35 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c35) : c35;
            }
        }

        int rest = depth - k;
        if (rest > 0)
        {
            TVector x0 = TVector.LoadPartial(a0 + k, rest);
            TVector x1 = TRows.Value <= 1 ? TVector.Zero : TVector.LoadPartial(a1 + k, rest);
            TVector x2 = TRows.Value <= 2 ? TVector.Zero : TVector.LoadPartial(a2 + k, rest);
            TVector x3 = TRows.Value <= 3 ? TVector.Zero : TVector.LoadPartial(a3 + k, rest);
            if (TColumns.Value > 0)
            {
                TVector y = TVector.LoadPartial(b0 + k, rest);
                c00 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c00) : c00;
                c10 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c10) : c10;
                c20 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c20) : c20;
                c30 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c30) : c30;
            }

            if (TColumns.Value > 1)
            {
                TVector y = TVector.LoadPartial(b0 + bRow + k, rest);
                c01 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c01) : c01;
                c11 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c11) : c11;
                c21 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c21) : c21;
                c31 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c31) : c31;
            }

            if (TColumns.Value > 2)
            {
                TVector y = TVector.LoadPartial(b0 + bTwoRows + k, rest);
                c02 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c02) : c02;
                c12 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c12) : c12;
                c22 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c22) : c22;
                c32 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c32) : c32;
            }

            if (TColumns.Value > 3)
            {
                TVector y = TVector.LoadPartial(b3 + k, rest);
                c03 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c03) : c03;
                c13 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c13) : c13;
                c23 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c23) : c23;
                c33 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c33) : c33;
            }

            if (TColumns.Value > 4)
            {
                TVector y = TVector.LoadPartial(b3 + bRow + k, rest);
                c04 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c04) : c04;
                c14 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c14) : c14;
                c24 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c24) : c24;
                c34 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c34) : c34;
            }

            if (TColumns.Value > 5)
            {
                TVector y = TVector.LoadPartial(b3 + bTwoRows + k, rest);
                c05 = TRows.Value > 0 ? TVector.MultiplyAdd(x0, y, c05) : c05;
                c15 = TRows.Value > 1 ? TVector.MultiplyAdd(x1, y, c15) : c15;
                c25 = TRows.Value > 2 ? TVector.MultiplyAdd(x2, y, c25) : c25;
                c35 = TRows.Value > 3 ? TVector.MultiplyAdd(x3, y, c35) : c35;
            }
        }

        Store<TVector, TRows, TColumns>(0, c + (0 * cRow), accumulate, c00, c01, c02, c03, c04, c05);
        Store<TVector, TRows, TColumns>(1, c + (1 * cRow), accumulate, c10, c11, c12, c13, c14, c15);
        Store<TVector, TRows, TColumns>(2, c + (2 * cRow), accumulate, c20, c21, c22, c23, c24, c25);
        Store<TVector, TRows, TColumns>(3, c + (3 * cRow), accumulate, c30, c31, c32, c33, c34, c35);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TRows, TColumns>(
        int row,
        float* c,
        bool accumulate,
        TVector sum0,
        TVector sum1,
        TVector sum2,
        TVector sum3,
        TVector sum4,
        TVector sum5)
        where TVector : struct, ISimdVector<TVector>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        if (TRows.Value <= row)
        {
            return;
        }

        // Sums come out four at a time, into a buffer that has room for those that the tile does not have.
        float* sums = stackalloc float[8];
        TVector.StoreSums(sum0, sum1, sum2, sum3, sums);
        if (TColumns.Value > 4)
        {
            TVector.StoreSums(sum4, sum5, sum4, sum5, sums + 4);
        }

        for (int column = 0; column < TColumns.Value; column++)
        {
            c[column] = accumulate ? c[column] + sums[column] : sums[column];
        }
    }
}
