namespace ModelDsl.Kernels;

/// <summary>values += Σ gradient[pixel] · source[pixel of the tap] along a part of a line, for one tap.</summary>
internal readonly unsafe struct DepthwiseTap(
    float* gradient, float* source, SlidingWindow window, int channels, int column, int firstPixel, int endPixel)
    : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        int left = (column * window.DilationWidth) - window.PaddingLeft;
        for (int pixel = firstPixel; pixel < endPixel; pixel++)
        {
            int x = (pixel * window.StrideWidth) + left;
            if ((uint)x < (uint)window.Width)
            {
                values = TVector.MultiplyAdd(
                    Operand.Load<TVector>(gradient + ((nint)pixel * channels) + index, count),
                    Operand.Load<TVector>(source + ((nint)x * channels) + index, count),
                    values);
            }
        }

        return values;
    }
}

/// <summary>
/// values += Σ gradient[pixel] · source[pixel of the tap] along a part of a line, for three rows of three taps. The run
/// is the first tap's; the others' sums, one row of the kernel under the other, are added to here.
/// </summary>
/// <remarks>The taps are written out, because only locals stay in registers.</remarks>
internal readonly unsafe struct DepthwiseNineTaps(
    float* gradient, float* source, float* sums, SlidingWindow window, int channels, int column, int firstPixel,
    int endPixel)
    : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        nint right = channels;
        nint under = (nint)window.KernelWidth * channels;
        float* sum = sums + index;
        TVector sum01 = Operand.Load<TVector>(sum + right, count);
        TVector sum02 = Operand.Load<TVector>(sum + (2 * right), count);
        TVector sum10 = Operand.Load<TVector>(sum + under, count);
        TVector sum11 = Operand.Load<TVector>(sum + under + right, count);
        TVector sum12 = Operand.Load<TVector>(sum + under + (2 * right), count);
        TVector sum20 = Operand.Load<TVector>(sum + (2 * under), count);
        TVector sum21 = Operand.Load<TVector>(sum + (2 * under) + right, count);
        TVector sum22 = Operand.Load<TVector>(sum + (2 * under) + (2 * right), count);

        nint sourceRow = (nint)window.DilationHeight * window.Width * channels;
        int x0 = (firstPixel * window.StrideWidth) + (column * window.DilationWidth) - window.PaddingLeft;
        for (int pixel = firstPixel; pixel < endPixel; pixel++, x0 += window.StrideWidth)
        {
            int x1 = x0 + window.DilationWidth;
            int x2 = x1 + window.DilationWidth;
            TVector factor = Operand.Load<TVector>(gradient + ((nint)pixel * channels) + index, count);
            if ((uint)x0 < (uint)window.Width)
            {
                float* from = source + ((nint)x0 * channels) + index;
                values = TVector.MultiplyAdd(Operand.Load<TVector>(from, count), factor, values);
                sum10 = TVector.MultiplyAdd(Operand.Load<TVector>(from + sourceRow, count), factor, sum10);
                sum20 = TVector.MultiplyAdd(Operand.Load<TVector>(from + (2 * sourceRow), count), factor, sum20);
            }

            if ((uint)x1 < (uint)window.Width)
            {
                float* from = source + ((nint)x1 * channels) + index;
                sum01 = TVector.MultiplyAdd(Operand.Load<TVector>(from, count), factor, sum01);
                sum11 = TVector.MultiplyAdd(Operand.Load<TVector>(from + sourceRow, count), factor, sum11);
                sum21 = TVector.MultiplyAdd(Operand.Load<TVector>(from + (2 * sourceRow), count), factor, sum21);
            }

            if ((uint)x2 < (uint)window.Width)
            {
                float* from = source + ((nint)x2 * channels) + index;
                sum02 = TVector.MultiplyAdd(Operand.Load<TVector>(from, count), factor, sum02);
                sum12 = TVector.MultiplyAdd(Operand.Load<TVector>(from + sourceRow, count), factor, sum12);
                sum22 = TVector.MultiplyAdd(Operand.Load<TVector>(from + (2 * sourceRow), count), factor, sum22);
            }
        }

        Operand.Store(sum01, sum + right, count);
        Operand.Store(sum02, sum + (2 * right), count);
        Operand.Store(sum10, sum + under, count);
        Operand.Store(sum11, sum + under + right, count);
        Operand.Store(sum12, sum + under + (2 * right), count);
        Operand.Store(sum20, sum + (2 * under), count);
        Operand.Store(sum21, sum + (2 * under) + right, count);
        Operand.Store(sum22, sum + (2 * under) + (2 * right), count);
        return values;
    }
}
