namespace ModelDsl.Kernels;

/// <summary>
/// result[r, l] = Σ over runs and k of pixels[run, r, k] · weight[run, k, l] for up to 14 pixels and two vectors of
/// lanes that stay in registers.
/// </summary>
/// <remarks>
/// The same as <see cref="RegisterTile"/>, but with the rows of a window in one loop: with few channels a row alone would be too
/// short. Limited by loads where there is one vector of lanes: 15 for 14 multiply-adds. Every element is one chain of
/// additions. The pixels are written out, because only locals stay in registers.
/// </remarks>
internal readonly unsafe struct PixelTile
{
    private readonly delegate*<int, int, float*, nint, nint, float*, float*, nint, void> _multiply;

    private PixelTile(delegate*<int, int, float*, nint, nint, float*, float*, nint, void> multiply) =>
        _multiply = multiply;

    /// <summary>The largest number of pixels whose accumulators fit the registers.</summary>
    /// <param name="vectors">1 or 2.</param>
    public static int MaxPixels<TVector>(int vectors)
        where TVector : struct, ISimdVector<TVector> => TVector.HasManyRegisters ? 14 : 12 / vectors;

    /// <summary>The kernel for a number of pixels.</summary>
    /// <param name="pixels">From 1 to <see cref="MaxPixels"/>.</param>
    /// <param name="vectors">1 or 2.</param>
    public static PixelTile Select<TVector>(int pixels, int vectors)
        where TVector : struct, ISimdVector<TVector> =>
        vectors == 1 ? Select<TVector, Count.One>(pixels) : Select<TVector, Count.Two>(pixels);

    private static PixelTile Select<TVector, TVectors>(int pixels)
        where TVector : struct, ISimdVector<TVector>
        where TVectors : struct, ICount => pixels switch
        {
            1 => new(&Multiply<TVector, TileShape<Count.One, TVectors, Count.Zero>>),
            2 => new(&Multiply<TVector, TileShape<Count.Two, TVectors, Count.Zero>>),
            3 => new(&Multiply<TVector, TileShape<Count.Three, TVectors, Count.Zero>>),
            4 => new(&Multiply<TVector, TileShape<Count.Four, TVectors, Count.Zero>>),
            5 => new(&Multiply<TVector, TileShape<Count.Five, TVectors, Count.Zero>>),
            6 => new(&Multiply<TVector, TileShape<Count.Six, TVectors, Count.Zero>>),
            7 => new(&Multiply<TVector, TileShape<Count.Seven, TVectors, Count.Zero>>),
            8 => new(&Multiply<TVector, TileShape<Count.Eight, TVectors, Count.Zero>>),
            9 => new(&Multiply<TVector, TileShape<Count.Nine, TVectors, Count.Zero>>),
            10 => new(&Multiply<TVector, TileShape<Count.Ten, TVectors, Count.Zero>>),
            11 => new(&Multiply<TVector, TileShape<Count.Eleven, TVectors, Count.Zero>>),
            12 => new(&Multiply<TVector, TileShape<Count.Twelve, TVectors, Count.Zero>>),
            13 => new(&Multiply<TVector, TileShape<Count.Thirteen, TVectors, Count.Zero>>),
            _ => new(&Multiply<TVector, TileShape<Count.Fourteen, TVectors, Count.Zero>>),
        };

    /// <summary>The results of one tile.</summary>
    /// <param name="runs">The number of a window's rows.</param>
    /// <param name="length">The floats of a window's row.</param>
    /// <param name="pixels">The first pixel's window.</param>
    /// <param name="pixelStride">The distance between two pixels' windows.</param>
    /// <param name="runStride">The distance between a window's rows.</param>
    /// <param name="weight">[runs, length, lanes].</param>
    /// <param name="result">The first pixel's first lane.</param>
    /// <param name="resultStride">The distance between two results.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(
        int runs, int length, float* pixels, nint pixelStride, nint runStride, float* weight,
        float* result, nint resultStride) =>
        _multiply(runs, length, pixels, pixelStride, runStride, weight, result, resultStride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TVector, TShape>(
        int runs, int length, float* pixels, nint pixelStride, nint runStride, float* weight, float* result, nint resultStride)
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

        // Three pixels share a pointer, so that five of them and two distances reach all.
        nint twoPixels = 2 * pixelStride;
        for (; runs > 0; runs--)
        {
            float* a00 = pixels;
            float* a03 = a00 + (3 * pixelStride);
            float* a06 = a03 + (3 * pixelStride);
            float* a09 = a06 + (3 * pixelStride);
            float* a12 = a09 + (3 * pixelStride);
            for (int k = 0; k < length; k++)
            {
                TVector lanes = TVector.Load(weight);
                TVector more = TShape.Vectors > 1 ? TVector.Load(weight + TVector.Count) : TVector.Zero;
                weight += TShape.Vectors * TVector.Count;
                if (TShape.Rows > 0)
                {
                    TVector x = TVector.Broadcast(*a00);
                    c00 = TVector.MultiplyAdd(x, lanes, c00);
                    if (TShape.Vectors > 1)
                    {
                        d00 = TVector.MultiplyAdd(x, more, d00);
                    }
                }

                if (TShape.Rows > 1)
                {
                    TVector x = TVector.Broadcast(a00[pixelStride]);
                    c01 = TVector.MultiplyAdd(x, lanes, c01);
                    if (TShape.Vectors > 1)
                    {
                        d01 = TVector.MultiplyAdd(x, more, d01);
                    }
                }

                if (TShape.Rows > 2)
                {
                    TVector x = TVector.Broadcast(a00[twoPixels]);
                    c02 = TVector.MultiplyAdd(x, lanes, c02);
                    if (TShape.Vectors > 1)
                    {
                        d02 = TVector.MultiplyAdd(x, more, d02);
                    }
                }

                if (TShape.Rows > 3)
                {
                    TVector x = TVector.Broadcast(*a03);
                    c03 = TVector.MultiplyAdd(x, lanes, c03);
                    if (TShape.Vectors > 1)
                    {
                        d03 = TVector.MultiplyAdd(x, more, d03);
                    }
                }

                if (TShape.Rows > 4)
                {
                    TVector x = TVector.Broadcast(a03[pixelStride]);
                    c04 = TVector.MultiplyAdd(x, lanes, c04);
                    if (TShape.Vectors > 1)
                    {
                        d04 = TVector.MultiplyAdd(x, more, d04);
                    }
                }

                if (TShape.Rows > 5)
                {
                    TVector x = TVector.Broadcast(a03[twoPixels]);
                    c05 = TVector.MultiplyAdd(x, lanes, c05);
                    if (TShape.Vectors > 1)
                    {
                        d05 = TVector.MultiplyAdd(x, more, d05);
                    }
                }

                if (TShape.Rows > 6)
                {
                    TVector x = TVector.Broadcast(*a06);
                    c06 = TVector.MultiplyAdd(x, lanes, c06);
                    if (TShape.Vectors > 1)
                    {
                        d06 = TVector.MultiplyAdd(x, more, d06);
                    }
                }

                if (TShape.Rows > 7)
                {
                    TVector x = TVector.Broadcast(a06[pixelStride]);
                    c07 = TVector.MultiplyAdd(x, lanes, c07);
                    if (TShape.Vectors > 1)
                    {
                        d07 = TVector.MultiplyAdd(x, more, d07);
                    }
                }

                if (TShape.Rows > 8)
                {
                    TVector x = TVector.Broadcast(a06[twoPixels]);
                    c08 = TVector.MultiplyAdd(x, lanes, c08);
                    if (TShape.Vectors > 1)
                    {
                        d08 = TVector.MultiplyAdd(x, more, d08);
                    }
                }

                if (TShape.Rows > 9)
                {
                    TVector x = TVector.Broadcast(*a09);
                    c09 = TVector.MultiplyAdd(x, lanes, c09);
                    if (TShape.Vectors > 1)
                    {
                        d09 = TVector.MultiplyAdd(x, more, d09);
                    }
                }

                if (TShape.Rows > 10)
                {
                    TVector x = TVector.Broadcast(a09[pixelStride]);
                    c10 = TVector.MultiplyAdd(x, lanes, c10);
                    if (TShape.Vectors > 1)
                    {
                        d10 = TVector.MultiplyAdd(x, more, d10);
                    }
                }

                if (TShape.Rows > 11)
                {
                    TVector x = TVector.Broadcast(a09[twoPixels]);
                    c11 = TVector.MultiplyAdd(x, lanes, c11);
                    if (TShape.Vectors > 1)
                    {
                        d11 = TVector.MultiplyAdd(x, more, d11);
                    }
                }

                if (TShape.Rows > 12)
                {
                    TVector x = TVector.Broadcast(*a12);
                    c12 = TVector.MultiplyAdd(x, lanes, c12);
                    if (TShape.Vectors > 1)
                    {
                        d12 = TVector.MultiplyAdd(x, more, d12);
                    }
                }

                if (TShape.Rows > 13)
                {
                    TVector x = TVector.Broadcast(a12[pixelStride]);
                    c13 = TVector.MultiplyAdd(x, lanes, c13);
                    if (TShape.Vectors > 1)
                    {
                        d13 = TVector.MultiplyAdd(x, more, d13);
                    }
                }

                a00++;
                a03++;
                a06++;
                a09++;
                a12++;
            }

            pixels += runStride;
        }

        Store<TVector, TShape>(0, c00, d00, result + (0 * resultStride));
        Store<TVector, TShape>(1, c01, d01, result + (1 * resultStride));
        Store<TVector, TShape>(2, c02, d02, result + (2 * resultStride));
        Store<TVector, TShape>(3, c03, d03, result + (3 * resultStride));
        Store<TVector, TShape>(4, c04, d04, result + (4 * resultStride));
        Store<TVector, TShape>(5, c05, d05, result + (5 * resultStride));
        Store<TVector, TShape>(6, c06, d06, result + (6 * resultStride));
        Store<TVector, TShape>(7, c07, d07, result + (7 * resultStride));
        Store<TVector, TShape>(8, c08, d08, result + (8 * resultStride));
        Store<TVector, TShape>(9, c09, d09, result + (9 * resultStride));
        Store<TVector, TShape>(10, c10, d10, result + (10 * resultStride));
        Store<TVector, TShape>(11, c11, d11, result + (11 * resultStride));
        Store<TVector, TShape>(12, c12, d12, result + (12 * resultStride));
        Store<TVector, TShape>(13, c13, d13, result + (13 * resultStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TShape>(int pixel, TVector value, TVector more, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (pixel < TShape.Rows)
        {
            value.Store(result);
            if (TShape.Vectors > 1)
            {
                more.Store(result + TVector.Count);
            }
        }
    }
}
