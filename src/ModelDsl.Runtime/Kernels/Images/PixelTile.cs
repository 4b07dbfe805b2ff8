namespace ModelDsl.Kernels;

/// <summary>
/// result[r, l] = Σ over runs and k of pixels[run, r, k] · weight[run, k, l] for up to 14 pixels and one vector of lanes that stay in
/// registers.
/// </summary>
/// <remarks>
/// The same as <see cref="RegisterTile"/>, but with the rows of a window in one loop: with few channels a row alone would be too
/// short. Limited by loads: 15 for 14 multiply-adds. Every element is one chain of additions. The pixels are written
/// out, because only locals stay in registers.
/// </remarks>
internal readonly unsafe struct PixelTile
{
    private readonly delegate*<int, int, float*, nint, nint, float*, float*, nint, void> _multiply;

    private PixelTile(delegate*<int, int, float*, nint, nint, float*, float*, nint, void> multiply) =>
        _multiply = multiply;

    /// <summary>The largest number of pixels whose accumulators fit the registers.</summary>
    public static int MaxPixels<TVector>()
        where TVector : struct, ISimdVector<TVector> => TVector.HasManyRegisters ? 14 : 12;

    /// <summary>The kernel for a number of pixels.</summary>
    public static PixelTile Select<TVector>(int pixels)
        where TVector : struct, ISimdVector<TVector> => pixels switch
        {
            1 => new(&Multiply<TVector, TileShape<Count.One, Count.One, Count.Zero>>),
            2 => new(&Multiply<TVector, TileShape<Count.Two, Count.One, Count.Zero>>),
            3 => new(&Multiply<TVector, TileShape<Count.Three, Count.One, Count.Zero>>),
            4 => new(&Multiply<TVector, TileShape<Count.Four, Count.One, Count.Zero>>),
            5 => new(&Multiply<TVector, TileShape<Count.Five, Count.One, Count.Zero>>),
            6 => new(&Multiply<TVector, TileShape<Count.Six, Count.One, Count.Zero>>),
            7 => new(&Multiply<TVector, TileShape<Count.Seven, Count.One, Count.Zero>>),
            8 => new(&Multiply<TVector, TileShape<Count.Eight, Count.One, Count.Zero>>),
            9 => new(&Multiply<TVector, TileShape<Count.Nine, Count.One, Count.Zero>>),
            10 => new(&Multiply<TVector, TileShape<Count.Ten, Count.One, Count.Zero>>),
            11 => new(&Multiply<TVector, TileShape<Count.Eleven, Count.One, Count.Zero>>),
            12 => new(&Multiply<TVector, TileShape<Count.Twelve, Count.One, Count.Zero>>),
            13 => new(&Multiply<TVector, TileShape<Count.Thirteen, Count.One, Count.Zero>>),
            _ => new(&Multiply<TVector, TileShape<Count.Fourteen, Count.One, Count.Zero>>),
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
        TVector c00 = TVector.Zero, c01 = TVector.Zero;
        TVector c02 = TVector.Zero, c03 = TVector.Zero;
        TVector c04 = TVector.Zero, c05 = TVector.Zero;
        TVector c06 = TVector.Zero, c07 = TVector.Zero;
        TVector c08 = TVector.Zero, c09 = TVector.Zero;
        TVector c10 = TVector.Zero, c11 = TVector.Zero;
        TVector c12 = TVector.Zero, c13 = TVector.Zero;

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
                weight += TVector.Count;
                if (TShape.Rows > 0)
                {
                    c00 = TVector.MultiplyAdd(TVector.Broadcast(*a00), lanes, c00);
                }

                if (TShape.Rows > 1)
                {
                    c01 = TVector.MultiplyAdd(TVector.Broadcast(a00[pixelStride]), lanes, c01);
                }

                if (TShape.Rows > 2)
                {
                    c02 = TVector.MultiplyAdd(TVector.Broadcast(a00[twoPixels]), lanes, c02);
                }

                if (TShape.Rows > 3)
                {
                    c03 = TVector.MultiplyAdd(TVector.Broadcast(*a03), lanes, c03);
                }

                if (TShape.Rows > 4)
                {
                    c04 = TVector.MultiplyAdd(TVector.Broadcast(a03[pixelStride]), lanes, c04);
                }

                if (TShape.Rows > 5)
                {
                    c05 = TVector.MultiplyAdd(TVector.Broadcast(a03[twoPixels]), lanes, c05);
                }

                if (TShape.Rows > 6)
                {
                    c06 = TVector.MultiplyAdd(TVector.Broadcast(*a06), lanes, c06);
                }

                if (TShape.Rows > 7)
                {
                    c07 = TVector.MultiplyAdd(TVector.Broadcast(a06[pixelStride]), lanes, c07);
                }

                if (TShape.Rows > 8)
                {
                    c08 = TVector.MultiplyAdd(TVector.Broadcast(a06[twoPixels]), lanes, c08);
                }

                if (TShape.Rows > 9)
                {
                    c09 = TVector.MultiplyAdd(TVector.Broadcast(*a09), lanes, c09);
                }

                if (TShape.Rows > 10)
                {
                    c10 = TVector.MultiplyAdd(TVector.Broadcast(a09[pixelStride]), lanes, c10);
                }

                if (TShape.Rows > 11)
                {
                    c11 = TVector.MultiplyAdd(TVector.Broadcast(a09[twoPixels]), lanes, c11);
                }

                if (TShape.Rows > 12)
                {
                    c12 = TVector.MultiplyAdd(TVector.Broadcast(*a12), lanes, c12);
                }

                if (TShape.Rows > 13)
                {
                    c13 = TVector.MultiplyAdd(TVector.Broadcast(a12[pixelStride]), lanes, c13);
                }

                a00++;
                a03++;
                a06++;
                a09++;
                a12++;
            }

            pixels += runStride;
        }

        Store<TVector, TShape>(0, c00, result + (0 * resultStride));
        Store<TVector, TShape>(1, c01, result + (1 * resultStride));
        Store<TVector, TShape>(2, c02, result + (2 * resultStride));
        Store<TVector, TShape>(3, c03, result + (3 * resultStride));
        Store<TVector, TShape>(4, c04, result + (4 * resultStride));
        Store<TVector, TShape>(5, c05, result + (5 * resultStride));
        Store<TVector, TShape>(6, c06, result + (6 * resultStride));
        Store<TVector, TShape>(7, c07, result + (7 * resultStride));
        Store<TVector, TShape>(8, c08, result + (8 * resultStride));
        Store<TVector, TShape>(9, c09, result + (9 * resultStride));
        Store<TVector, TShape>(10, c10, result + (10 * resultStride));
        Store<TVector, TShape>(11, c11, result + (11 * resultStride));
        Store<TVector, TShape>(12, c12, result + (12 * resultStride));
        Store<TVector, TShape>(13, c13, result + (13 * resultStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TShape>(int pixel, TVector value, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TShape : struct, ITileShape
    {
        if (pixel < TShape.Rows)
        {
            value.Store(result);
        }
    }
}
