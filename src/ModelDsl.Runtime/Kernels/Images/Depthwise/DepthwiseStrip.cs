namespace ModelDsl.Kernels;

/// <summary>
/// Σ source · weight over windows of three columns next to each other and up to three rows, for a strip of up to six
/// pixels down some lines.
/// </summary>
/// <remarks>
/// The weights of a vector of channels, and what finishes its sums, stay in registers for all lines. Neighbouring
/// windows share columns: each is read once for all pixels that see it. The pixels are written out, because only locals
/// stay in registers. Every sum is one chain of additions, row by row, and limited by the multiply-adds.
/// </remarks>
internal static unsafe class DepthwiseStrip
{
    private const int MaxRows = 3;

    /// <summary>Whether the windows of some taps are of that kind.</summary>
    public static bool Suits(AxisTaps rows, AxisTaps columns) =>
        rows.Count is > 0 and <= MaxRows && columns is { Count: 3, SourceStep: 1, Stride: 1 or 2 };

    /// <summary>Sums one to <see cref="DepthwiseTile.MaxPixels"/> pixels of each line.</summary>
    /// <param name="taps">The first line's taps.</param>
    /// <param name="pixels">The pixels of a line.</param>
    /// <param name="result">The first line's first pixel.</param>
    /// <typeparam name="TVector">The vector.</typeparam>
    public static void Sum<TVector>(in DepthwiseTaps taps, int pixels, float* result)
        where TVector : struct, ISimdVector<TVector>
    {
        switch (pixels)
        {
            case 1:
                SumChannels<TVector, Count.One>(taps, result);
                break;
            case 2:
                SumChannels<TVector, Count.Two>(taps, result);
                break;
            case 3:
                SumChannels<TVector, Count.Three>(taps, result);
                break;
            case 4:
                SumChannels<TVector, Count.Four>(taps, result);
                break;
            case 5:
                SumChannels<TVector, Count.Five>(taps, result);
                break;
            default:
                SumChannels<TVector, Count.Six>(taps, result);
                break;
        }
    }

    private static void SumChannels<TVector, TPixels>(in DepthwiseTaps taps, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
    {
        if (taps.SourcePixelStep == taps.SourceColumnStep)
        {
            SumChannels<TVector, TPixels, Count.One>(taps, result);
        }
        else
        {
            SumChannels<TVector, TPixels, Count.Two>(taps, result);
        }
    }

    private static void SumChannels<TVector, TPixels, TStride>(in DepthwiseTaps taps, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
        where TStride : struct, ICount
    {
        float* weight = taps.Weight;
        int whole = taps.Channels - (taps.Channels % TVector.Count);
        for (int channel = 0; channel < whole; channel += TVector.Count)
        {
            SumLines<TVector, TPixels, TStride, Count.Zero>(taps, channel, weight, result + channel);
            weight += taps.WeightVectorStep;
        }

        if (whole < taps.Channels)
        {
            SumLines<TVector, TPixels, TStride, Count.One>(taps, whole, weight, result + whole);
        }
    }

    /// <summary>The sums of one vector of channels, or of the part of one at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumLines<TVector, TPixels, TStride, TPart>(
        in DepthwiseTaps taps, int channel, float* weight, float* result)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
        where TStride : struct, ICount
        where TPart : struct, ICount
    {
        int channels = TPart.Value > 0 ? taps.Channels - channel : TVector.Count;
        int rows = taps.Rows;
        nint across = taps.WeightColumnStep;
        TVector weight00 = TVector.Load(weight);
        TVector weight01 = TVector.Load(weight + across);
        TVector weight02 = TVector.Load(weight + (2 * across));
        TVector weight10 = weight00, weight11 = weight01, weight12 = weight02;
        TVector weight20 = weight00, weight21 = weight01, weight22 = weight02;
        if (rows > 1)
        {
            weight += taps.WeightRowStep;
            weight10 = TVector.Load(weight);
            weight11 = TVector.Load(weight + across);
            weight12 = TVector.Load(weight + (2 * across));
        }

        if (rows > 2)
        {
            weight += taps.WeightRowStep;
            weight20 = TVector.Load(weight);
            weight21 = TVector.Load(weight + across);
            weight22 = TVector.Load(weight + (2 * across));
        }

        bool isFinished = taps.Finish is not null;
        ColumnFinish finish = isFinished ? *taps.Finish : new ColumnFinish();
        finish.Load(channel, channels, out TVector offset, out TVector mean, out TVector scale, out TVector bias);
        TVector floor = finish.Floor<TVector>();

        bool skipsFirst = taps.SkipsFirst;
        bool skipsLast = taps.SkipsLast;
        nint column = taps.SourceColumnStep;
        nint down = taps.SourceRowStep;
        nint pixel = taps.ResultPixelStep;
        nint sourceLine = taps.SourceLineStep;
        nint resultLine = taps.ResultLineStep;
        float* source = taps.Source + channel;
        for (int line = taps.Lines; line > 0; line--)
        {
            TVector sum0 = TVector.Zero, sum1 = TVector.Zero, sum2 = TVector.Zero;
            TVector sum3 = TVector.Zero, sum4 = TVector.Zero, sum5 = TVector.Zero;
            AddRow<TVector, TPixels, TStride, TPart>(
                source, column, channels, skipsFirst, skipsLast, weight00, weight01, weight02,
                ref sum0, ref sum1, ref sum2, ref sum3, ref sum4, ref sum5);
            if (rows > 1)
            {
                AddRow<TVector, TPixels, TStride, TPart>(
                    source + down, column, channels, skipsFirst, skipsLast, weight10, weight11, weight12,
                    ref sum0, ref sum1, ref sum2, ref sum3, ref sum4, ref sum5);
            }

            if (rows > 2)
            {
                AddRow<TVector, TPixels, TStride, TPart>(
                    source + (2 * down), column, channels, skipsFirst, skipsLast, weight20, weight21, weight22,
                    ref sum0, ref sum1, ref sum2, ref sum3, ref sum4, ref sum5);
            }

            if (isFinished)
            {
                sum0 = ColumnFinish.Apply(sum0, offset, mean, scale, bias, floor);
                sum1 = ColumnFinish.Apply(sum1, offset, mean, scale, bias, floor);
                sum2 = ColumnFinish.Apply(sum2, offset, mean, scale, bias, floor);
                sum3 = ColumnFinish.Apply(sum3, offset, mean, scale, bias, floor);
                sum4 = ColumnFinish.Apply(sum4, offset, mean, scale, bias, floor);
                sum5 = ColumnFinish.Apply(sum5, offset, mean, scale, bias, floor);
            }

            Store<TVector, TPixels, TPart>(0, sum0, result, channels);
            Store<TVector, TPixels, TPart>(1, sum1, result + pixel, channels);
            Store<TVector, TPixels, TPart>(2, sum2, result + (2 * pixel), channels);
            Store<TVector, TPixels, TPart>(3, sum3, result + (3 * pixel), channels);
            Store<TVector, TPixels, TPart>(4, sum4, result + (4 * pixel), channels);
            Store<TVector, TPixels, TPart>(5, sum5, result + (5 * pixel), channels);
            source += sourceLine;
            result += resultLine;
        }
    }

    /// <summary>Adds one row of taps to the sums of all pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TVector, TPixels, TStride, TPart>(
        float* source, nint column, int channels, bool skipsFirst, bool skipsLast,
        TVector first, TVector second, TVector third,
        ref TVector sum0, ref TVector sum1, ref TVector sum2, ref TVector sum3, ref TVector sum4, ref TVector sum5)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
        where TStride : struct, ICount
        where TPart : struct, ICount
    {
        TVector left = TVector.Zero;
        if (!skipsFirst)
        {
            left = Load<TVector, TPart>(source, channels);
            sum0 = TVector.MultiplyAdd(first, left, sum0);
        }

        source += column;
        TVector middle = Load<TVector, TPart>(source, channels);
        sum0 = TVector.MultiplyAdd(second, middle, sum0);
        if (TPixels.Value > 1)
        {
            Move<TVector, TStride, TPart>(
                ref source, column, channels, first, second, third, ref middle, ref sum0, ref sum1);
        }

        if (TPixels.Value > 2)
        {
            Move<TVector, TStride, TPart>(
                ref source, column, channels, first, second, third, ref middle, ref sum1, ref sum2);
        }

        if (TPixels.Value > 3)
        {
            Move<TVector, TStride, TPart>(
                ref source, column, channels, first, second, third, ref middle, ref sum2, ref sum3);
        }

        if (TPixels.Value > 4)
        {
            Move<TVector, TStride, TPart>(
                ref source, column, channels, first, second, third, ref middle, ref sum3, ref sum4);
        }

        if (TPixels.Value > 5)
        {
            Move<TVector, TStride, TPart>(
                ref source, column, channels, first, second, third, ref middle, ref sum4, ref sum5);
        }

        if (!skipsLast)
        {
            TVector right = Load<TVector, TPart>(source + column, channels);
            switch (TPixels.Value)
            {
                case 1:
                    sum0 = TVector.MultiplyAdd(third, right, sum0);
                    break;
                case 2:
                    sum1 = TVector.MultiplyAdd(third, right, sum1);
                    break;
                case 3:
                    sum2 = TVector.MultiplyAdd(third, right, sum2);
                    break;
                case 4:
                    sum3 = TVector.MultiplyAdd(third, right, sum3);
                    break;
                case 5:
                    sum4 = TVector.MultiplyAdd(third, right, sum4);
                    break;
                default:
                    sum5 = TVector.MultiplyAdd(third, right, sum5);
                    break;
            }
        }
    }

    /// <summary>
    /// Ends a pixel by the column of its third tap, and begins the next one, of which that column is the second tap or,
    /// with stride 2, the first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<TVector, TStride, TPart>(
        ref float* source, nint column, int channels, TVector first, TVector second, TVector third,
        ref TVector middle, ref TVector sum, ref TVector next)
        where TVector : struct, ISimdVector<TVector>
        where TStride : struct, ICount
        where TPart : struct, ICount
    {
        source += column;
        TVector right = Load<TVector, TPart>(source, channels);
        sum = TVector.MultiplyAdd(third, right, sum);
        if (TStride.Value == 1)
        {
            next = TVector.MultiplyAdd(first, middle, next);
            middle = right;
        }
        else
        {
            next = TVector.MultiplyAdd(first, right, next);
            source += column;
            middle = Load<TVector, TPart>(source, channels);
        }

        next = TVector.MultiplyAdd(second, middle, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TVector, TPart>(float* source, int channels)
        where TVector : struct, ISimdVector<TVector>
        where TPart : struct, ICount =>
        TPart.Value > 0 ? TVector.LoadPartial(source, channels) : TVector.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TPixels, TPart>(int pixel, TVector value, float* result, int channels)
        where TVector : struct, ISimdVector<TVector>
        where TPixels : struct, ICount
        where TPart : struct, ICount
    {
        if (pixel >= TPixels.Value)
        {
            return;
        }

        if (TPart.Value > 0)
        {
            value.StorePartial(result, channels);
        }
        else
        {
            value.Store(result);
        }
    }
}
