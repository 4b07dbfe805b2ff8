using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Kernels;

/// <summary>
/// c[r, l] = Σₖ a[r, k]·b[k, l] for a tile of up to 14 rows and two vectors of lanes that stays in registers: the innermost
/// kernel of every matrix product.
/// </summary>
/// <remarks>
/// Each step of k loads two vectors of b, broadcasts one element of a for each row, and does two fused multiply-adds a
/// row: 28 on 16 loads, so that it is the multiply-add units that limit it (Goto and van de Geijn, 2008). Every element
/// is one chain of additions in the order of k, whatever the tile's shape; that is why results depend neither on the
/// tiling nor on the threads. The shape is a type, so the JIT compiles one straight loop for each. The rows are written
/// out because the JIT keeps locals in registers, but no array: a loop over rows would store each accumulator at each
/// step.
/// </remarks>
internal readonly unsafe struct RegisterTile
{
    /// <summary>How many steps ahead of its use b is fetched while it is being packed: about 200 cycles.</summary>
    private const int PrefetchSteps = 16;

    /// <summary>
    /// How many steps ahead it is fetched where it is only read: 400 cycles by tiles of many rows, since packed panels
    /// come from memory without a pause. Steps of few rows take fewer cycles.
    /// </summary>
    private const int FarSteps = 32;
    private const int FartherSteps = 64;
    private const int FewRows = 8;

    private readonly delegate*<nint, float*, nint, nint, float*, nint, float*, float*, nint, bool, void> _multiply;

    private RegisterTile(
        delegate*<nint, float*, nint, nint, float*, nint, float*, float*, nint, bool, void> multiply) => _multiply = multiply;

    /// <summary>The largest number of rows whose accumulators fit the registers.</summary>
    /// <remarks>32 registers hold 14 x 2 accumulators, two vectors and a broadcast; 16 registers hold 6 x 2.</remarks>
    public static int MaxRows<TVector>()
        where TVector : struct, ISimdVector<TVector> => TVector.HasManyRegisters ? 14 : 6;

    /// <summary>The kernel for a shape.</summary>
    /// <param name="rows">From 1 to <see cref="MaxRows"/>.</param>
    /// <param name="vectors">1 or 2.</param>
    /// <param name="packs">Whether the kernel copies b while it reads it.</param>
    public static RegisterTile Select<TVector>(int rows, int vectors, bool packs)
        where TVector : struct, ISimdVector<TVector> => new(Select<TVector, Count.Zero>(rows, vectors, packs));

    /// <summary>The kernel for a shape whose chains of additions start from what the result holds.</summary>
    /// <inheritdoc cref="Select{TVector}(int, int, bool)"/>
    public static RegisterTile SelectGoingOn<TVector>(int rows, int vectors, bool packs)
        where TVector : struct, ISimdVector<TVector> => new(Select<TVector, Count.One>(rows, vectors, packs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static delegate*<nint, float*, nint, nint, float*, nint, float*, float*, nint, bool, void>
        Select<TVector, TTerms>(int rows, int vectors, bool packs)
        where TVector : struct, ISimdVector<TVector>
        where TTerms : struct, ICount => (vectors, packs) switch
        {
            (1, false) => Select<TVector, Count.One, Count.Zero, TTerms>(rows),
            (1, true) => Select<TVector, Count.One, Count.One, TTerms>(rows),
            (_, false) => Select<TVector, Count.Two, Count.Zero, TTerms>(rows),
            _ => Select<TVector, Count.Two, Count.One, TTerms>(rows),
        };

    private static delegate*<nint, float*, nint, nint, float*, nint, float*, float*, nint, bool, void>
        Select<TVector, TVectors, TCopies, TTerms>(int rows)
        where TVector : struct, ISimdVector<TVector>
        where TVectors : struct, ICount
        where TCopies : struct, ICount
        where TTerms : struct, ICount => rows switch
        {
            1 => &Multiply<TVector, TileFrom<TileShape<Count.One, TVectors, TCopies>, TTerms>>,
            2 => &Multiply<TVector, TileFrom<TileShape<Count.Two, TVectors, TCopies>, TTerms>>,
            3 => &Multiply<TVector, TileFrom<TileShape<Count.Three, TVectors, TCopies>, TTerms>>,
            4 => &Multiply<TVector, TileFrom<TileShape<Count.Four, TVectors, TCopies>, TTerms>>,
            5 => &Multiply<TVector, TileFrom<TileShape<Count.Five, TVectors, TCopies>, TTerms>>,
            6 => &Multiply<TVector, TileFrom<TileShape<Count.Six, TVectors, TCopies>, TTerms>>,
            7 => &Multiply<TVector, TileFrom<TileShape<Count.Seven, TVectors, TCopies>, TTerms>>,
            8 => &Multiply<TVector, TileFrom<TileShape<Count.Eight, TVectors, TCopies>, TTerms>>,
            9 => &Multiply<TVector, TileFrom<TileShape<Count.Nine, TVectors, TCopies>, TTerms>>,
            10 => &Multiply<TVector, TileFrom<TileShape<Count.Ten, TVectors, TCopies>, TTerms>>,
            11 => &Multiply<TVector, TileFrom<TileShape<Count.Eleven, TVectors, TCopies>, TTerms>>,
            12 => &Multiply<TVector, TileFrom<TileShape<Count.Twelve, TVectors, TCopies>, TTerms>>,
            13 => &Multiply<TVector, TileFrom<TileShape<Count.Thirteen, TVectors, TCopies>, TTerms>>,
            _ => &Multiply<TVector, TileFrom<TileShape<Count.Fourteen, TVectors, TCopies>, TTerms>>,
        };

    /// <summary>A product of any number of rows with one or two vectors of lanes, tile by tile.</summary>
    /// <param name="range">The tiles.</param>
    /// <param name="vectors">1 or 2.</param>
    /// <param name="depth">The number of steps; with 0 the product is 0.</param>
    /// <param name="a">The element [0, 0] of the broadcast operand.</param>
    /// <param name="aRow">The distance between its rows.</param>
    /// <param name="aDepth">The distance between its steps.</param>
    /// <param name="b">The first vector of the other operand.</param>
    /// <param name="bDepth">The distance between its steps.</param>
    /// <param name="c">The first element of the result.</param>
    /// <param name="cRow">The distance between the result's rows.</param>
    /// <param name="accumulate">Whether the product is added to the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAll<TVector>(
        TileRange range, int vectors, nint depth, float* a, nint aRow, nint aDepth, float* b, nint bDepth,
        float* c, nint cRow, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int tile = 0; tile < range.Count; tile++)
        {
            int height = range.HeightOf(tile);
            Select<TVector>(height, vectors, packs: false).Multiply(
                depth, a, aRow, aDepth, b, bDepth, null, c, cRow, accumulate);
            a += height * aRow;
            c += height * cRow;
        }
    }

    /// <summary>The product of one tile.</summary>
    /// <param name="depth">The number of steps; with 0 the product is 0.</param>
    /// <param name="a">The element [0, 0] of the broadcast operand.</param>
    /// <param name="aRow">The distance between its rows.</param>
    /// <param name="aDepth">The distance between its steps.</param>
    /// <param name="b">The first vector of the other operand.</param>
    /// <param name="bDepth">The distance between its steps.</param>
    /// <param name="packed">Where a kernel that packs copies b to, without gaps.</param>
    /// <param name="c">The tile's first element in the result.</param>
    /// <param name="cRow">The distance between the result's rows.</param>
    /// <param name="accumulate">Whether the product is added to the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(
        nint depth,
        float* a,
        nint aRow,
        nint aDepth,
        float* b,
        nint bDepth,
        float* packed,
        float* c,
        nint cRow,
        bool accumulate) =>
        _multiply(depth, a, aRow, aDepth, b, bDepth, packed, c, cRow, accumulate);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TVector, TShape>(
        nint depth,
        float* a,
        nint aRow,
        nint aDepth,
        float* b,
        nint bDepth,
        float* packed,
        float* c,
        nint cRow,
        bool accumulate)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        TVector c00 = TVector.Zero, d00 = TVector.Zero;
        TVector c01 = TVector.Zero, d01 = TVector.Zero;
        TVector c02 = TVector.Zero, d02 = TVector.Zero;
        TVector c03 = TVector.Zero, d03 = TVector.Zero;
        TVector c04 = TVector.Zero, d04 = TVector.Zero;
        TVector c05 = TVector.Zero, d05 = TVector.Zero;
        TVector c06 = TVector.Zero, d06 = TVector.Zero;
        TVector c07 = TVector.Zero, d07 = TVector.Zero;
        TVector c08 = TVector.Zero, d08 = TVector.Zero;
        TVector c09 = TVector.Zero, d09 = TVector.Zero;
        TVector c10 = TVector.Zero, d10 = TVector.Zero;
        TVector c11 = TVector.Zero, d11 = TVector.Zero;
        TVector c12 = TVector.Zero, d12 = TVector.Zero;
        TVector c13 = TVector.Zero, d13 = TVector.Zero;

        if (TShape.GoesOn)
        {
            Start<TVector, TShape>(0, ref c00, ref d00, c + (0 * cRow));
            Start<TVector, TShape>(1, ref c01, ref d01, c + (1 * cRow));
            Start<TVector, TShape>(2, ref c02, ref d02, c + (2 * cRow));
            Start<TVector, TShape>(3, ref c03, ref d03, c + (3 * cRow));
            Start<TVector, TShape>(4, ref c04, ref d04, c + (4 * cRow));
            Start<TVector, TShape>(5, ref c05, ref d05, c + (5 * cRow));
            Start<TVector, TShape>(6, ref c06, ref d06, c + (6 * cRow));
            Start<TVector, TShape>(7, ref c07, ref d07, c + (7 * cRow));
            Start<TVector, TShape>(8, ref c08, ref d08, c + (8 * cRow));
            Start<TVector, TShape>(9, ref c09, ref d09, c + (9 * cRow));
            Start<TVector, TShape>(10, ref c10, ref d10, c + (10 * cRow));
            Start<TVector, TShape>(11, ref c11, ref d11, c + (11 * cRow));
            Start<TVector, TShape>(12, ref c12, ref d12, c + (12 * cRow));
            Start<TVector, TShape>(13, ref c13, ref d13, c + (13 * cRow));
        }

        // Three rows share a pointer, so that five of them and two distances reach all rows.
        nint aTwoRows = 2 * aRow;
        float* a00 = a;
        float* a03 = a00 + (3 * aRow);
        float* a06 = a03 + (3 * aRow);
        float* a09 = a06 + (3 * aRow);
        float* a12 = a09 + (3 * aRow);
        for (; depth > 0; depth--)
        {
            TVector first = TVector.Load(b);
            TVector second = TShape.Vectors > 1 ? TVector.Load(b + TVector.Count) : TVector.Zero;
            if (TShape.Packs)
            {
                Copy<TVector, TShape>(first, second, packed, b + (PrefetchSteps * bDepth));
                packed += TShape.Vectors * TVector.Count;
            }
            else
            {
                Fetch<TVector, TShape>(b + ((TShape.Rows > FewRows ? FarSteps : FartherSteps) * bDepth));
            }

            b += bDepth;
            if (TShape.Rows > 0)
            {
                TVector x = TVector.Broadcast(*a00);
                c00 = TVector.MultiplyAdd(x, first, c00);
                if (TShape.Vectors > 1)
                {
                    d00 = TVector.MultiplyAdd(x, second, d00);
                }
            }

            if (TShape.Rows > 1)
            {
                TVector x = TVector.Broadcast(a00[aRow]);
                c01 = TVector.MultiplyAdd(x, first, c01);
                if (TShape.Vectors > 1)
                {
                    d01 = TVector.MultiplyAdd(x, second, d01);
                }
            }

            if (TShape.Rows > 2)
            {
                TVector x = TVector.Broadcast(a00[aTwoRows]);
                c02 = TVector.MultiplyAdd(x, first, c02);
                if (TShape.Vectors > 1)
                {
                    d02 = TVector.MultiplyAdd(x, second, d02);
                }
            }

            if (TShape.Rows > 3)
            {
                TVector x = TVector.Broadcast(*a03);
                c03 = TVector.MultiplyAdd(x, first, c03);
                if (TShape.Vectors > 1)
                {
                    d03 = TVector.MultiplyAdd(x, second, d03);
                }
            }

            if (TShape.Rows > 4)
            {
                TVector x = TVector.Broadcast(a03[aRow]);
                c04 = TVector.MultiplyAdd(x, first, c04);
                if (TShape.Vectors > 1)
                {
                    d04 = TVector.MultiplyAdd(x, second, d04);
                }
            }

            if (TShape.Rows > 5)
            {
                TVector x = TVector.Broadcast(a03[aTwoRows]);
                c05 = TVector.MultiplyAdd(x, first, c05);
                if (TShape.Vectors > 1)
                {
                    d05 = TVector.MultiplyAdd(x, second, d05);
                }
            }

            if (TShape.Rows > 6)
            {
                TVector x = TVector.Broadcast(*a06);
                c06 = TVector.MultiplyAdd(x, first, c06);
                if (TShape.Vectors > 1)
                {
                    d06 = TVector.MultiplyAdd(x, second, d06);
                }
            }

            if (TShape.Rows > 7)
            {
                TVector x = TVector.Broadcast(a06[aRow]);
                c07 = TVector.MultiplyAdd(x, first, c07);
                if (TShape.Vectors > 1)
                {
                    d07 = TVector.MultiplyAdd(x, second, d07);
                }
            }

            if (TShape.Rows > 8)
            {
                TVector x = TVector.Broadcast(a06[aTwoRows]);
                c08 = TVector.MultiplyAdd(x, first, c08);
                if (TShape.Vectors > 1)
                {
                    d08 = TVector.MultiplyAdd(x, second, d08);
                }
            }

            if (TShape.Rows > 9)
            {
                TVector x = TVector.Broadcast(*a09);
                c09 = TVector.MultiplyAdd(x, first, c09);
                if (TShape.Vectors > 1)
                {
                    d09 = TVector.MultiplyAdd(x, second, d09);
                }
            }

            if (TShape.Rows > 10)
            {
                TVector x = TVector.Broadcast(a09[aRow]);
                c10 = TVector.MultiplyAdd(x, first, c10);
                if (TShape.Vectors > 1)
                {
                    d10 = TVector.MultiplyAdd(x, second, d10);
                }
            }

            if (TShape.Rows > 11)
            {
                TVector x = TVector.Broadcast(a09[aTwoRows]);
                c11 = TVector.MultiplyAdd(x, first, c11);
                if (TShape.Vectors > 1)
                {
                    d11 = TVector.MultiplyAdd(x, second, d11);
                }
            }

            if (TShape.Rows > 12)
            {
                TVector x = TVector.Broadcast(*a12);
                c12 = TVector.MultiplyAdd(x, first, c12);
                if (TShape.Vectors > 1)
                {
                    d12 = TVector.MultiplyAdd(x, second, d12);
                }
            }

            if (TShape.Rows > 13)
            {
                TVector x = TVector.Broadcast(a12[aRow]);
                c13 = TVector.MultiplyAdd(x, first, c13);
                if (TShape.Vectors > 1)
                {
                    d13 = TVector.MultiplyAdd(x, second, d13);
                }
            }

            a00 += aDepth;
            a03 += aDepth;
            a06 += aDepth;
            a09 += aDepth;
            a12 += aDepth;
        }

        Finish<TVector, TShape>(0, c00, d00, c + (0 * cRow), accumulate);
        Finish<TVector, TShape>(1, c01, d01, c + (1 * cRow), accumulate);
        Finish<TVector, TShape>(2, c02, d02, c + (2 * cRow), accumulate);
        Finish<TVector, TShape>(3, c03, d03, c + (3 * cRow), accumulate);
        Finish<TVector, TShape>(4, c04, d04, c + (4 * cRow), accumulate);
        Finish<TVector, TShape>(5, c05, d05, c + (5 * cRow), accumulate);
        Finish<TVector, TShape>(6, c06, d06, c + (6 * cRow), accumulate);
        Finish<TVector, TShape>(7, c07, d07, c + (7 * cRow), accumulate);
        Finish<TVector, TShape>(8, c08, d08, c + (8 * cRow), accumulate);
        Finish<TVector, TShape>(9, c09, d09, c + (9 * cRow), accumulate);
        Finish<TVector, TShape>(10, c10, d10, c + (10 * cRow), accumulate);
        Finish<TVector, TShape>(11, c11, d11, c + (11 * cRow), accumulate);
        Finish<TVector, TShape>(12, c12, d12, c + (12 * cRow), accumulate);
        Finish<TVector, TShape>(13, c13, d13, c + (13 * cRow), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TVector, TShape>(TVector first, TVector second, float* packed, float* next)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        first.Store(packed);
        if (TShape.Vectors > 1)
        {
            second.Store(packed + TVector.Count);
        }

        Fetch<TVector, TShape>(next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<TVector, TShape>(float* next)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(next);
            if (TShape.Vectors * TVector.Count > 16)
            {
                Sse.Prefetch0(next + 16);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start<TVector, TShape>(int row, ref TVector first, ref TVector second, float* c)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (TShape.Rows > row)
        {
            first = TVector.Load(c);
            second = TShape.Vectors > 1 ? TVector.Load(c + TVector.Count) : second;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVector, TShape>(int row, TVector first, TVector second, float* c, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (TShape.Rows <= row)
        {
            return;
        }

        (accumulate ? first + TVector.Load(c) : first).Store(c);
        if (TShape.Vectors > 1)
        {
            c += TVector.Count;
            (accumulate ? second + TVector.Load(c) : second).Store(c);
        }
    }
}
