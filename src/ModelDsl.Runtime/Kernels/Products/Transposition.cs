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
            Vector512<float> row0 = Quarters(source + column, sourceRow);
            Vector512<float> row1 = Quarters(source + column + sourceRow, sourceRow);
            Vector512<float> row2 = Quarters(source + column + (2 * sourceRow), sourceRow);
            Vector512<float> row3 = Quarters(source + column + (3 * sourceRow), sourceRow);
            Vector512<float> low01 = Avx512F.UnpackLow(row0, row1);
            Vector512<float> high01 = Avx512F.UnpackHigh(row0, row1);
            Vector512<float> low23 = Avx512F.UnpackLow(row2, row3);
            Vector512<float> high23 = Avx512F.UnpackHigh(row2, row3);
            float* to = destination + (column * destinationRow);
            Avx512F.Shuffle(low01, low23, 0x44).Store(to);
            Avx512F.Shuffle(low01, low23, 0xEE).Store(to + destinationRow);
            Avx512F.Shuffle(high01, high23, 0x44).Store(to + (2 * destinationRow));
            Avx512F.Shuffle(high01, high23, 0xEE).Store(to + (3 * destinationRow));
        }
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
            Vector256<float> row0 = Halves(source + column, sourceRow);
            Vector256<float> row1 = Halves(source + column + sourceRow, sourceRow);
            Vector256<float> row2 = Halves(source + column + (2 * sourceRow), sourceRow);
            Vector256<float> row3 = Halves(source + column + (3 * sourceRow), sourceRow);
            Vector256<float> low01 = Avx.UnpackLow(row0, row1);
            Vector256<float> high01 = Avx.UnpackHigh(row0, row1);
            Vector256<float> low23 = Avx.UnpackLow(row2, row3);
            Vector256<float> high23 = Avx.UnpackHigh(row2, row3);
            float* to = destination + (column * destinationRow);
            Avx.Shuffle(low01, low23, 0x44).Store(to);
            Avx.Shuffle(low01, low23, 0xEE).Store(to + destinationRow);
            Avx.Shuffle(high01, high23, 0x44).Store(to + (2 * destinationRow));
            Avx.Shuffle(high01, high23, 0xEE).Store(to + (3 * destinationRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint sourceRow) =>
        Avx.InsertVector128(
            Vector128.Load(source).ToVector256Unsafe(), Vector128.Load(source + (4 * sourceRow)), 1);
}
