namespace ModelDsl.Kernels;

/// <summary>
/// result[r, x] = Σ over planes, rows i and columns j of weight[plane, i, j, r] · plane[i, j + x] for up to eight results and four
/// vectors of pixels that stay in registers.
/// </summary>
/// <remarks>
/// A step loads each vector of pixels, broadcasts a weight for each result, and does a multiply-add for each pair. Most loads
/// cross a cache line and count twice, so that with 6 x 2 the multiply-add units are the limit, with 1 x 4 the loads. Every
/// element is one chain of additions. The results are written out, because only locals stay in registers.
/// </remarks>
internal readonly unsafe struct PlaneTile
{
    /// <summary>The largest number of vectors in a tile.</summary>
    public const int MaxVectors = 4;

    private readonly delegate*<in PlaneWindow, float*, nint, nint, nint, float*, float*, void> _multiply;

    private PlaneTile(delegate*<in PlaneWindow, float*, nint, nint, nint, float*, float*, void> multiply) =>
        _multiply = multiply;

    /// <summary>The largest number of results whose accumulators fit the registers.</summary>
    public static int MaxRows<TVector>()
        where TVector : struct, ISimdVector<TVector> => TVector.HasManyRegisters ? 8 : 6;

    /// <summary>The number of vectors for a number of results: two or four.</summary>
    public static int Vectors<TVector>(int rows)
        where TVector : struct, ISimdVector<TVector> => rows <= (TVector.HasManyRegisters ? 4 : 2) ? 4 : 2;

    /// <summary>The kernel for a number of results.</summary>
    public static PlaneTile Select<TVector>(int rows)
        where TVector : struct, ISimdVector<TVector> => (rows, Vectors<TVector>(rows)) switch
        {
            (1, _) => new(&Multiply<TVector, TileShape<Count.One, Count.Four, Count.Zero>>),
            (2, _) => new(&Multiply<TVector, TileShape<Count.Two, Count.Four, Count.Zero>>),
            (3, 4) => new(&Multiply<TVector, TileShape<Count.Three, Count.Four, Count.Zero>>),
            (3, _) => new(&Multiply<TVector, TileShape<Count.Three, Count.Two, Count.Zero>>),
            (4, 4) => new(&Multiply<TVector, TileShape<Count.Four, Count.Four, Count.Zero>>),
            (4, _) => new(&Multiply<TVector, TileShape<Count.Four, Count.Two, Count.Zero>>),
            (5, _) => new(&Multiply<TVector, TileShape<Count.Five, Count.Two, Count.Zero>>),
            (6, _) => new(&Multiply<TVector, TileShape<Count.Six, Count.Two, Count.Zero>>),
            (7, _) => new(&Multiply<TVector, TileShape<Count.Seven, Count.Two, Count.Zero>>),
            _ => new(&Multiply<TVector, TileShape<Count.Eight, Count.Two, Count.Zero>>),
        };

    /// <summary>The results of one tile.</summary>
    /// <param name="window">The window over the planes.</param>
    /// <param name="pixels">The first vector of pixels, under the first tap of the first plane.</param>
    /// <param name="second">The distance from it to the second vector.</param>
    /// <param name="third">The distance to the third; unused with two vectors.</param>
    /// <param name="fourth">The distance to the fourth; unused with two vectors.</param>
    /// <param name="weight">[planes, kernel's rows, kernel's columns, results].</param>
    /// <param name="result">[results, vectors].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(
        in PlaneWindow window, float* pixels, nint second, nint third, nint fourth, float* weight, float* result) =>
        _multiply(window, pixels, second, third, fourth, weight, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TVector, TShape>(
        in PlaneWindow window, float* pixels, nint second, nint third, nint fourth, float* weight, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        TVector c0 = TVector.Zero, d0 = TVector.Zero, e0 = TVector.Zero, f0 = TVector.Zero;
        TVector c1 = TVector.Zero, d1 = TVector.Zero, e1 = TVector.Zero, f1 = TVector.Zero;
        TVector c2 = TVector.Zero, d2 = TVector.Zero, e2 = TVector.Zero, f2 = TVector.Zero;
        TVector c3 = TVector.Zero, d3 = TVector.Zero, e3 = TVector.Zero, f3 = TVector.Zero;
        TVector c4 = TVector.Zero, d4 = TVector.Zero;
        TVector c5 = TVector.Zero, d5 = TVector.Zero;
        TVector c6 = TVector.Zero, d6 = TVector.Zero;
        TVector c7 = TVector.Zero, d7 = TVector.Zero;
        int columns = window.KernelColumns;
        nint step = window.ColumnStep;
        float* plane = pixels;
        for (int index = 0; index < window.Planes; index++)
        {
            float* row = plane;
            for (int i = 0; i < window.KernelRows; i++)
            {
                float* from = row;
                for (int j = 0; j < columns; j++)
                {
                    TVector x0 = TVector.Load(from);
                    TVector x1 = TVector.Load(from + second);
                    TVector x2 = TShape.Vectors > 2 ? TVector.Load(from + third) : TVector.Zero;
                    TVector x3 = TShape.Vectors > 2 ? TVector.Load(from + fourth) : TVector.Zero;
                    if (TShape.Rows > 0)
                    {
                        TVector w = TVector.Broadcast(weight[0]);
                        c0 = TVector.MultiplyAdd(w, x0, c0);
                        d0 = TVector.MultiplyAdd(w, x1, d0);
                        if (TShape.Vectors > 2)
                        {
                            e0 = TVector.MultiplyAdd(w, x2, e0);
                            f0 = TVector.MultiplyAdd(w, x3, f0);
                        }
                    }

                    if (TShape.Rows > 1)
                    {
                        TVector w = TVector.Broadcast(weight[1]);
                        c1 = TVector.MultiplyAdd(w, x0, c1);
                        d1 = TVector.MultiplyAdd(w, x1, d1);
                        if (TShape.Vectors > 2)
                        {
                            e1 = TVector.MultiplyAdd(w, x2, e1);
                            f1 = TVector.MultiplyAdd(w, x3, f1);
                        }
                    }

                    if (TShape.Rows > 2)
                    {
                        TVector w = TVector.Broadcast(weight[2]);
                        c2 = TVector.MultiplyAdd(w, x0, c2);
                        d2 = TVector.MultiplyAdd(w, x1, d2);
                        if (TShape.Vectors > 2)
                        {
                            e2 = TVector.MultiplyAdd(w, x2, e2);
                            f2 = TVector.MultiplyAdd(w, x3, f2);
                        }
                    }

                    if (TShape.Rows > 3)
                    {
                        TVector w = TVector.Broadcast(weight[3]);
                        c3 = TVector.MultiplyAdd(w, x0, c3);
                        d3 = TVector.MultiplyAdd(w, x1, d3);
                        if (TShape.Vectors > 2)
                        {
                            e3 = TVector.MultiplyAdd(w, x2, e3);
                            f3 = TVector.MultiplyAdd(w, x3, f3);
                        }
                    }

                    if (TShape.Rows > 4)
                    {
                        TVector w = TVector.Broadcast(weight[4]);
                        c4 = TVector.MultiplyAdd(w, x0, c4);
                        d4 = TVector.MultiplyAdd(w, x1, d4);
                    }

                    if (TShape.Rows > 5)
                    {
                        TVector w = TVector.Broadcast(weight[5]);
                        c5 = TVector.MultiplyAdd(w, x0, c5);
                        d5 = TVector.MultiplyAdd(w, x1, d5);
                    }

                    if (TShape.Rows > 6)
                    {
                        TVector w = TVector.Broadcast(weight[6]);
                        c6 = TVector.MultiplyAdd(w, x0, c6);
                        d6 = TVector.MultiplyAdd(w, x1, d6);
                    }

                    if (TShape.Rows > 7)
                    {
                        TVector w = TVector.Broadcast(weight[7]);
                        c7 = TVector.MultiplyAdd(w, x0, c7);
                        d7 = TVector.MultiplyAdd(w, x1, d7);
                    }

                    weight += TShape.Rows;
                    from += step;
                }

                row += window.RowStep;
            }

            plane += window.PlaneStep;
        }

        Store<TVector, TShape>(0, c0, d0, e0, f0, result);
        Store<TVector, TShape>(1, c1, d1, e1, f1, result);
        Store<TVector, TShape>(2, c2, d2, e2, f2, result);
        Store<TVector, TShape>(3, c3, d3, e3, f3, result);
        Store<TVector, TShape>(4, c4, d4, TVector.Zero, TVector.Zero, result);
        Store<TVector, TShape>(5, c5, d5, TVector.Zero, TVector.Zero, result);
        Store<TVector, TShape>(6, c6, d6, TVector.Zero, TVector.Zero, result);
        Store<TVector, TShape>(7, c7, d7, TVector.Zero, TVector.Zero, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TShape>(int row, TVector c, TVector d, TVector e, TVector f, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (TShape.Rows <= row)
        {
            return;
        }

        result += row * TShape.Vectors * TVector.Count;
        c.Store(result);
        d.Store(result + TVector.Count);
        if (TShape.Vectors > 2)
        {
            e.Store(result + (2 * TVector.Count));
            f.Store(result + (3 * TVector.Count));
        }
    }
}

/// <summary>A window of stride 1 over planes, one for each channel.</summary>
/// <param name="Planes">The number of planes.</param>
/// <param name="KernelRows">The window's rows.</param>
/// <param name="KernelColumns">The window's columns.</param>
/// <param name="PlaneStep">The distance between two planes.</param>
/// <param name="RowStep">The distance between two of the window's rows.</param>
/// <param name="ColumnStep">The distance between two of the window's columns.</param>
internal readonly record struct PlaneWindow(
    int Planes, int KernelRows, int KernelColumns, nint PlaneStep, nint RowStep, nint ColumnStep);
