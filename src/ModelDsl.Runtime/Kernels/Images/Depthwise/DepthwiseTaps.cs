namespace ModelDsl.Kernels;

/// <summary>The taps that a pixel of a depthwise convolution sums, as places and distances in floats.</summary>
internal unsafe struct DepthwiseTaps
{
    /// <summary>The source's pixel under the first tap.</summary>
    public float* Source;

    /// <summary>The weights of the first tap.</summary>
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

    /// <summary>From a pixel of the result to the next.</summary>
    public nint ResultPixelStep;

    /// <summary>The same taps some pixels of the result further.</summary>
    public readonly DepthwiseTaps At(int pixel) => this with { Source = Source + (pixel * SourcePixelStep) };
}

/// <summary>Σ source · weight over some taps, for one pixel.</summary>
internal readonly unsafe struct DepthwisePixel(DepthwiseTaps taps) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int row = 0; row < taps.Rows; row++)
        {
            float* source = taps.Source + (row * taps.SourceRowStep) + index;
            float* weight = taps.Weight + (row * taps.WeightRowStep) + index;
            for (int column = 0; column < taps.Columns; column++)
            {
                sum = TVector.MultiplyAdd(Operand.Load<TVector>(source, count), Operand.Load<TVector>(weight, count), sum);
                source += taps.SourceColumnStep;
                weight += taps.WeightColumnStep;
            }
        }

        return sum;
    }
}

/// <summary>
/// Σ source · weight over some taps, for four pixels at once. The run is the first one's; the others are stored here.
/// </summary>
/// <remarks>The pixels are written out, because only locals stay in registers.</remarks>
internal readonly unsafe struct DepthwiseTile(DepthwiseTaps taps, float* result) : IElementwiseFunction
{
    /// <summary>The number of pixels.</summary>
    public const int Pixels = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum0 = TVector.Zero;
        TVector sum1 = TVector.Zero;
        TVector sum2 = TVector.Zero;
        TVector sum3 = TVector.Zero;
        nint step = taps.SourcePixelStep;
        for (int row = 0; row < taps.Rows; row++)
        {
            float* source = taps.Source + (row * taps.SourceRowStep) + index;
            float* weight = taps.Weight + (row * taps.WeightRowStep) + index;
            for (int column = 0; column < taps.Columns; column++)
            {
                TVector factor = Operand.Load<TVector>(weight, count);
                sum0 = TVector.MultiplyAdd(Operand.Load<TVector>(source, count), factor, sum0);
                sum1 = TVector.MultiplyAdd(Operand.Load<TVector>(source + step, count), factor, sum1);
                sum2 = TVector.MultiplyAdd(Operand.Load<TVector>(source + (2 * step), count), factor, sum2);
                sum3 = TVector.MultiplyAdd(Operand.Load<TVector>(source + (3 * step), count), factor, sum3);
                source += taps.SourceColumnStep;
                weight += taps.WeightColumnStep;
            }
        }

        float* to = result + index;
        Operand.Store(sum1, to + taps.ResultPixelStep, count);
        Operand.Store(sum2, to + (2 * taps.ResultPixelStep), count);
        Operand.Store(sum3, to + (3 * taps.ResultPixelStep), count);
        return sum0;
    }
}
