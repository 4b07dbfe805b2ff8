namespace ModelDsl.Kernels;

/// <summary>
/// c[l] (+)= Σₖ a[k]·b[k, l] for one row and four panels of <see cref="CompilerServices.RecurrentWeight"/> at once.
/// </summary>
/// <remarks>
/// A register tile of one row has two chains of additions and waits four cycles for each. Eight chains are limited by
/// how fast the panels come from the second cache. Each element is one chain in the order of k, as in the register
/// tile.
/// </remarks>
internal static unsafe class RecurrentRow
{
    /// <summary>The panels that are read side by side.</summary>
    public const int Panels = 4;

    /// <param name="a">The row.</param>
    /// <param name="depth">The number of products that each element sums; positive.</param>
    /// <param name="packed">The first panel.</param>
    /// <param name="c">The first element of the result.</param>
    /// <param name="accumulate">Whether the products are added to c.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TVector>(float* a, int depth, float* packed, float* c, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = 2 * TVector.Count;
        nint panel = (nint)depth * width;
        float* b = packed;
        float* bThree = packed + (3 * panel);
        TVector c0 = TVector.Zero, d0 = TVector.Zero;
        TVector c1 = TVector.Zero, d1 = TVector.Zero;
        TVector c2 = TVector.Zero, d2 = TVector.Zero;
        TVector c3 = TVector.Zero, d3 = TVector.Zero;
        for (int k = 0; k < depth; k++)
        {
            TVector x = TVector.Broadcast(a[k]);
            c0 = TVector.MultiplyAdd(x, TVector.Load(b), c0);
            d0 = TVector.MultiplyAdd(x, TVector.Load(b + TVector.Count), d0);
            c1 = TVector.MultiplyAdd(x, TVector.Load(b + panel), c1);
            d1 = TVector.MultiplyAdd(x, TVector.Load(b + panel + TVector.Count), d1);
            c2 = TVector.MultiplyAdd(x, TVector.Load(b + (2 * panel)), c2);
            d2 = TVector.MultiplyAdd(x, TVector.Load(b + (2 * panel) + TVector.Count), d2);
            c3 = TVector.MultiplyAdd(x, TVector.Load(bThree), c3);
            d3 = TVector.MultiplyAdd(x, TVector.Load(bThree + TVector.Count), d3);
            b += width;
            bThree += width;
        }

        Store(c0, d0, c, accumulate);
        Store(c1, d1, c + width, accumulate);
        Store(c2, d2, c + (2 * width), accumulate);
        Store(c3, d3, c + (3 * width), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector>(TVector first, TVector second, float* c, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        float* next = c + TVector.Count;
        (accumulate ? first + TVector.Load(c) : first).Store(c);
        (accumulate ? second + TVector.Load(next) : second).Store(next);
    }
}
