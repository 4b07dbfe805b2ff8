namespace ModelDsl.Kernels;

/// <summary>The taps that the pixels of a depthwise convolution sum, as places and distances in floats.</summary>
internal unsafe struct DepthwiseTaps
{
    /// <summary>The source's pixel under the first tap.</summary>
    public float* Source;

    /// <summary>The weights of the first tap, in the first vector of channels.</summary>
    public float* Weight;

    /// <summary>The number of rows of taps.</summary>
    public int Rows;

    /// <summary>The number of taps in a row.</summary>
    public int Columns;

    /// <summary>From a tap's pixel to that of the tap below.</summary>
    public nint SourceRowStep;

    /// <summary>From a tap's pixel to that of the next tap in its row.</summary>
    public nint SourceColumnStep;

    /// <summary>From a tap's pixel to the one that the same tap looks at for the next pixel of the result.</summary>
    public nint SourcePixelStep;

    /// <summary>From a tap's weights to those of the tap below.</summary>
    public nint WeightRowStep;

    /// <summary>From a tap's weights to those of the next tap in its row.</summary>
    public nint WeightColumnStep;

    /// <summary>From the weights of a vector of channels to those of the next.</summary>
    public nint WeightVectorStep;

    /// <summary>From a pixel of the result to the next.</summary>
    public nint ResultPixelStep;

    /// <summary>The number of channels.</summary>
    public int Channels;

    /// <summary>What is done with the sums, or null. It lies on the stack of who waits for them.</summary>
    public ColumnFinish* Finish;

    /// <summary>The number of lines of pixels that a strip has.</summary>
    public int Lines;

    /// <summary>From a tap's pixel to the one that the same tap looks at for the next line of a strip.</summary>
    public nint SourceLineStep;

    /// <summary>From a line of the result to the next line of a strip.</summary>
    public nint ResultLineStep;

    /// <summary>Whether the first tap of a strip's first pixel is left of the source.</summary>
    public bool SkipsFirst;

    /// <summary>Whether the last tap of a strip's last pixel is right of the source.</summary>
    public bool SkipsLast;
}

/// <summary>Σ source · weight over some taps, for up to six pixels at once that stay in registers.</summary>
/// <remarks>
/// The pixels are written out, because only locals stay in registers. Every sum is one chain of additions. Limited by
/// loads: seven for six multiply-adds.
/// </remarks>
internal static unsafe class DepthwiseTile
{
    /// <summary>The largest number of pixels.</summary>
    public const int MaxPixels = 6;

    /// <summary>Sums one to six pixels.</summary>
    public static void Sum<TVector>(in DepthwiseTaps taps, int pixels, float* result)
        where TVector : struct, ISimdVector<TVector>
    {
        switch (pixels)
        {
            case 1:
                Sum<TVector, Count.One>(taps, result);
                break;
            case 2:
                Sum<TVector, Count.Two>(taps, result);
                break;
            case 3:
                Sum<TVector, Count.Three>(taps, result);
                break;
            case 4:
                Sum<TVector, Count.Four>(taps, result);
                break;
            case 5:
                Sum<TVector, Count.Five>(taps, result);
                break;
            default:
                Sum<TVector, Count.Six>(taps, result);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum<TVector, TPixels>(in DepthwiseTaps taps, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
    {
        float* weight = taps.Weight;
        int whole = taps.Channels - (taps.Channels % TVector.Count);
        for (int channel = 0; channel < whole; channel += TVector.Count)
        {
            Sum<TVector, TPixels>(taps, channel, weight, result + channel, TVector.Count);
            weight += taps.WeightVectorStep;
        }

        if (whole < taps.Channels)
        {
            Sum<TVector, TPixels>(taps, whole, weight, result + whole, taps.Channels - whole);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<TVector, TPixels>(
        in DepthwiseTaps taps, int channel, float* weight, float* result, int channels)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
    {
        float* source = taps.Source + channel;
        TVector sum0 = TVector.Zero, sum1 = TVector.Zero, sum2 = TVector.Zero;
        TVector sum3 = TVector.Zero, sum4 = TVector.Zero, sum5 = TVector.Zero;
        nint step = taps.SourcePixelStep;
        nint columnStep = taps.SourceColumnStep;
        nint weightStep = taps.WeightColumnStep;
        for (int row = taps.Rows; row > 0; row--)
        {
            // Three pixels share a pointer, so that two of them and two distances reach all.
            float* near = source;
            float* factors = weight;
            for (int column = taps.Columns; column > 0; column--)
            {
                TVector factor = TVector.Load(factors);
                float* far = near + (3 * step);
                sum0 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(near, channels), sum0);
                if (TPixels.Value > 1)
                {
                    sum1 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(near + step, channels), sum1);
                }

                if (TPixels.Value > 2)
                {
                    sum2 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(near + (2 * step), channels), sum2);
                }

                if (TPixels.Value > 3)
                {
                    sum3 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(far, channels), sum3);
                }

                if (TPixels.Value > 4)
                {
                    sum4 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(far + step, channels), sum4);
                }

                if (TPixels.Value > 5)
                {
                    sum5 = TVector.MultiplyAdd(factor, Operand.Load<TVector>(far + (2 * step), channels), sum5);
                }

                near += columnStep;
                factors += weightStep;
            }

            source += taps.SourceRowStep;
            weight += taps.WeightRowStep;
        }

        if (taps.Finish is not null)
        {
            TVector floor = taps.Finish->Floor<TVector>();
            taps.Finish->Load(
                channel, channels, out TVector offset, out TVector mean, out TVector scale, out TVector bias);
            sum0 = ColumnFinish.Apply(sum0, offset, mean, scale, bias, floor);
            sum1 = ColumnFinish.Apply(sum1, offset, mean, scale, bias, floor);
            sum2 = ColumnFinish.Apply(sum2, offset, mean, scale, bias, floor);
            sum3 = ColumnFinish.Apply(sum3, offset, mean, scale, bias, floor);
            sum4 = ColumnFinish.Apply(sum4, offset, mean, scale, bias, floor);
            sum5 = ColumnFinish.Apply(sum5, offset, mean, scale, bias, floor);
        }

        nint resultStep = taps.ResultPixelStep;
        Store<TVector, TPixels>(0, sum0, result, channels);
        Store<TVector, TPixels>(1, sum1, result + resultStep, channels);
        Store<TVector, TPixels>(2, sum2, result + (2 * resultStep), channels);
        Store<TVector, TPixels>(3, sum3, result + (3 * resultStep), channels);
        Store<TVector, TPixels>(4, sum4, result + (4 * resultStep), channels);
        Store<TVector, TPixels>(5, sum5, result + (5 * resultStep), channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TPixels>(int pixel, TVector value, float* result, int channels)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
    {
        if (pixel < TPixels.Value)
        {
            Operand.Store(value, result, channels);
        }
    }
}
