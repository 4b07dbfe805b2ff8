using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Kernels;

/// <summary>destination[c, r] = source[r, c], in square tiles of one vector's width that are turned in registers.</summary>
/// <remarks>Limited by the shuffle unit: about three cycles a vector with 512 bits.</remarks>
internal static unsafe class Transposition
{
    /// <param name="source">[rows, columns].</param>
    /// <param name="sourceRow">The distance between the source's rows.</param>
    /// <param name="rows">The number of the source's rows.</param>
    /// <param name="columns">The number of the source's columns.</param>
    /// <param name="destination">[columns, rows].</param>
    /// <param name="destinationRow">The distance between the destination's rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transpose<TVector>(
        float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
        where TVector : struct, ISimdVector<TVector>
    {
        int row = 0;
        if (rows is >= 4 && rows < TVector.Count && TurnsFourColumns<TVector>())
        {
            // A few rows of whole vectors.
            for (int column = 0; column <= columns - TVector.Count; column += TVector.Count)
            {
                float* to = destination + (column * destinationRow);
                ColumnsToRows<TVector>(source + column, sourceRow, rows, to, destinationRow);
            }

            int whole = columns - (columns % TVector.Count);
            source += whole;
            destination += whole * destinationRow;
            columns -= whole;
        }

        for (; row <= rows - TVector.Count; row += TVector.Count)
        {
            int column = 0;
            for (; column <= columns - TVector.Count; column += TVector.Count)
            {
                TurnTile<TVector>(
                    source + (row * sourceRow) + column,
                    sourceRow,
                    destination + (column * destinationRow) + row,
                    destinationRow);
            }

            if (column < columns)
            {
                Edge<TVector>(
                    source + (row * sourceRow) + column,
                    sourceRow,
                    TVector.Count,
                    columns - column,
                    destination + (column * destinationRow) + row,
                    destinationRow);
            }
        }

        for (int column = 0; row < rows && column < columns; column += TVector.Count)
        {
            Edge<TVector>(
                source + (row * sourceRow) + column,
                sourceRow,
                rows - row,
                Math.Min(TVector.Count, columns - column),
                destination + (column * destinationRow) + row,
                destinationRow);
        }
    }

    /// <summary>
    /// destination[c, r] = source[r, c] for as many rows without gaps as a vector has lanes, and a few columns.
    /// </summary>
    /// <param name="source">[<typeparamref name="TVector"/>.Count, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">[columns, <typeparamref name="TVector"/>.Count].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowsToColumns<TVector>(float* source, int columns, float* destination)
        where TVector : struct, ISimdVector<TVector>
    {
        if (!TurnsFourColumns<TVector>() || columns < 4)
        {
            for (int row = 0; row < TVector.Count; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    destination[(column * TVector.Count) + row] = source[(row * columns) + column];
                }
            }

            return;
        }

        // The last four columns begin early enough to be whole.
        for (int column = 0; column < columns; column += 4)
        {
            int first = Math.Min(column, columns - 4);
            if (typeof(TVector) == typeof(SimdVector512))
            {
                Columns16(source + first, columns, destination + (first * TVector.Count), TVector.Count);
            }
            else
            {
                Columns8(source + first, columns, destination + (first * TVector.Count), TVector.Count);
            }
        }
    }

    /// <summary>The reverse of <see cref="RowsToColumns"/>.</summary>
    /// <param name="source">[columns, <typeparamref name="TVector"/>.Count].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">[<typeparamref name="TVector"/>.Count, columns], without gaps.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ColumnsToRows<TVector>(float* source, int columns, float* destination)
        where TVector : struct, ISimdVector<TVector> =>
        ColumnsToRows<TVector>(source, TVector.Count, columns, destination, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnsToRows<TVector>(
        float* source, nint sourceRow, int columns, float* destination, nint destinationRow)
        where TVector : struct, ISimdVector<TVector>
    {
        if (!TurnsFourColumns<TVector>() || columns < 4)
        {
            for (int row = 0; row < TVector.Count; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    destination[(row * destinationRow) + column] = source[(column * sourceRow) + row];
                }
            }

            return;
        }

        for (int column = 0; column < columns; column += 4)
        {
            int first = Math.Min(column, columns - 4);
            if (typeof(TVector) == typeof(SimdVector512))
            {
                Rows16(source + (first * sourceRow), sourceRow, destination + first, destinationRow);
            }
            else
            {
                Rows8(source + (first * sourceRow), sourceRow, destination + first, destinationRow);
            }
        }
    }

    private static bool TurnsFourColumns<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        (typeof(TVector) == typeof(SimdVector512) && Avx512F.IsSupported)
        || (typeof(TVector) == typeof(SimdVector256) && Avx.IsSupported);

    /// <summary>A tile of which a part lies outside: turned in a buffer of its own.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Edge<TVector>(
        float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
        where TVector : struct, ISimdVector<TVector>
    {
        float* padded = stackalloc float[TVector.Count * TVector.Count];
        float* turned = stackalloc float[TVector.Count * TVector.Count];
        for (int row = 0; row < rows; row++)
        {
            TVector.LoadPartial(source + (row * sourceRow), columns).Store(padded + (row * TVector.Count));
        }

        TurnTile<TVector>(padded, TVector.Count, turned, TVector.Count);
        for (int column = 0; column < columns; column++)
        {
            TVector value = TVector.Load(turned + (column * TVector.Count));
            if (rows == TVector.Count)
            {
                value.Store(destination + (column * destinationRow));
            }
            else
            {
                value.StorePartial(destination + (column * destinationRow), rows);
            }
        }
    }

    /// <summary>destination[c, r] = source[r, c] for one tile, a vector wide and as many rows high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnTile<TVector>(float* source, nint sourceRow, float* destination, nint destinationRow)
        where TVector : struct, ISimdVector<TVector>
    {
        if (typeof(TVector) == typeof(SimdVector512) && Avx512F.IsSupported)
        {
            Tile16(source, sourceRow, destination, destinationRow);
        }
        else if (typeof(TVector) == typeof(SimdVector256) && Avx.IsSupported)
        {
            Tile8(source, sourceRow, destination, destinationRow);
        }
        else
        {
            for (int row = 0; row < TVector.Count; row++)
            {
                for (int column = 0; column < TVector.Count; column++)
                {
                    destination[(column * destinationRow) + row] = source[(row * sourceRow) + column];
                }
            }
        }
    }

    /// <summary>
    /// 16 x 16: quarters of four rows, four apart, are gathered into one register, so that turning 4 x 4 blocks within
    /// the quarters finishes four columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile16(float* source, nint sourceRow, float* destination, nint destinationRow)
    {
        for (int column = 0; column < 16; column += 4)
        {
            Columns16(source + column, sourceRow, destination + (column * destinationRow), destinationRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns16(float* source, nint sourceRow, float* to, nint destinationRow)
    {
        Vector512<float> row0 = Quarters(source, sourceRow);
        Vector512<float> row1 = Quarters(source + sourceRow, sourceRow);
        Vector512<float> row2 = Quarters(source + (2 * sourceRow), sourceRow);
        Vector512<float> row3 = Quarters(source + (3 * sourceRow), sourceRow);
        TurnQuarters(ref row0, ref row1, ref row2, ref row3);
        row0.Store(to);
        row1.Store(to + destinationRow);
        row2.Store(to + (2 * destinationRow));
        row3.Store(to + (3 * destinationRow));
    }

    /// <summary>Turns the 4 x 4 blocks within the quarters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnQuarters(
        ref Vector512<float> row0, ref Vector512<float> row1, ref Vector512<float> row2, ref Vector512<float> row3)
    {
        Vector512<float> low01 = Avx512F.UnpackLow(row0, row1);
        Vector512<float> high01 = Avx512F.UnpackHigh(row0, row1);
        Vector512<float> low23 = Avx512F.UnpackLow(row2, row3);
        Vector512<float> high23 = Avx512F.UnpackHigh(row2, row3);
        row0 = Avx512F.Shuffle(low01, low23, 0x44);
        row1 = Avx512F.Shuffle(low01, low23, 0xEE);
        row2 = Avx512F.Shuffle(high01, high23, 0x44);
        row3 = Avx512F.Shuffle(high01, high23, 0xEE);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* source, nint sourceRow)
    {
        Vector512<float> value = Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe();
        value = Avx512F.InsertVector128(value, Vector128.Load(source + (4 * sourceRow)), 1);
        value = Avx512F.InsertVector128(value, Vector128.Load(source + (8 * sourceRow)), 2);
        return Avx512F.InsertVector128(value, Vector128.Load(source + (12 * sourceRow)), 3);
    }

    /// <summary>8 x 8, by the same steps with halves of two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile8(float* source, nint sourceRow, float* destination, nint destinationRow)
    {
        for (int column = 0; column < 8; column += 4)
        {
            Columns8(source + column, sourceRow, destination + (column * destinationRow), destinationRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns8(float* source, nint sourceRow, float* to, nint destinationRow)
    {
        Vector256<float> row0 = Halves(source, sourceRow);
        Vector256<float> row1 = Halves(source + sourceRow, sourceRow);
        Vector256<float> row2 = Halves(source + (2 * sourceRow), sourceRow);
        Vector256<float> row3 = Halves(source + (3 * sourceRow), sourceRow);
        TurnHalves(ref row0, ref row1, ref row2, ref row3);
        row0.Store(to);
        row1.Store(to + destinationRow);
        row2.Store(to + (2 * destinationRow));
        row3.Store(to + (3 * destinationRow));
    }

    /// <summary>Turns the 4 x 4 blocks within the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnHalves(
        ref Vector256<float> row0, ref Vector256<float> row1, ref Vector256<float> row2, ref Vector256<float> row3)
    {
        Vector256<float> low01 = Avx.UnpackLow(row0, row1);
        Vector256<float> high01 = Avx.UnpackHigh(row0, row1);
        Vector256<float> low23 = Avx.UnpackLow(row2, row3);
        Vector256<float> high23 = Avx.UnpackHigh(row2, row3);
        row0 = Avx.Shuffle(low01, low23, 0x44);
        row1 = Avx.Shuffle(low01, low23, 0xEE);
        row2 = Avx.Shuffle(high01, high23, 0x44);
        row3 = Avx.Shuffle(high01, high23, 0xEE);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint sourceRow) =>
        Avx.InsertVector128(
            Vector128.Load(source).ToVector256Unsafe(), Vector128.Load(source + (4 * sourceRow)), 1);

    /// <summary>Four columns of 16 rows, each of which is stored where its row lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows16(float* source, nint sourceRow, float* to, nint destinationRow)
    {
        Vector512<float> row0 = Vector512.Load(source);
        Vector512<float> row1 = Vector512.Load(source + sourceRow);
        Vector512<float> row2 = Vector512.Load(source + (2 * sourceRow));
        Vector512<float> row3 = Vector512.Load(source + (3 * sourceRow));
        TurnQuarters(ref row0, ref row1, ref row2, ref row3);
        StoreQuarters(row0, to, destinationRow);
        StoreQuarters(row1, to + destinationRow, destinationRow);
        StoreQuarters(row2, to + (2 * destinationRow), destinationRow);
        StoreQuarters(row3, to + (3 * destinationRow), destinationRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> rows, float* to, nint destinationRow)
    {
        StoreHalves(rows.GetLower(), to, destinationRow);
        StoreHalves(rows.GetUpper(), to + (8 * destinationRow), destinationRow);
    }

    /// <summary>Four columns of 8 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows8(float* source, nint sourceRow, float* to, nint destinationRow)
    {
        Vector256<float> row0 = Vector256.Load(source);
        Vector256<float> row1 = Vector256.Load(source + sourceRow);
        Vector256<float> row2 = Vector256.Load(source + (2 * sourceRow));
        Vector256<float> row3 = Vector256.Load(source + (3 * sourceRow));
        TurnHalves(ref row0, ref row1, ref row2, ref row3);
        StoreHalves(row0, to, destinationRow);
        StoreHalves(row1, to + destinationRow, destinationRow);
        StoreHalves(row2, to + (2 * destinationRow), destinationRow);
        StoreHalves(row3, to + (3 * destinationRow), destinationRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> rows, float* to, nint destinationRow)
    {
        rows.GetLower().Store(to);
        rows.GetUpper().Store(to + (4 * destinationRow));
    }
}
