namespace ModelDsl.CompilerServices;

/// <summary>The mean of each window, over its pixels within the image or over those of the padding too, channel by channel.</summary>
/// <remarks>Limited by memory.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AveragePooling
{
    /// <summary>output[n, h, w, c] = epilogue(mean over the window's pixels that lie within the image).</summary>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="output">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, SlidingWindow window, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Forward(input, output, batch, window, channels, countPadding: false, epilogue);

    /// <summary>output[n, h, w, c] = epilogue(Σ over the window's pixels within the image, divided by those that count).</summary>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="output">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="countPadding">Whether pixels of the padding count, as zeros.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, SlidingWindow window, int channels, bool countPadding, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        PoolingGuard.Check(window, input, output, batch, channels);
        var work = new ForwardWork<TEpilogue>(input.Pointer, output.Pointer, window, channels, countPadding, epilogue);
        LineWork.Run(batch * window.OutputHeight, (long)batch * window.Pixels * channels, ref work);
    }

    /// <summary>inputGradient = epilogue(Σ over the windows over a pixel of their gradient, divided by their pixels).</summary>
    /// <param name="outputGradient">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="inputGradient">[batch, window.Height, window.Width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, SlidingWindow window, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Backward(outputGradient, inputGradient, batch, window, channels, countPadding: false, epilogue);

    /// <summary>inputGradient = epilogue(Σ over the windows over a pixel of their gradient, divided by their pixels that count).</summary>
    /// <param name="outputGradient">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="inputGradient">[batch, window.Height, window.Width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="countPadding">Whether pixels of the padding count, as zeros.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, SlidingWindow window, int channels, bool countPadding,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        PoolingGuard.Check(window, inputGradient, outputGradient, batch, channels);
        var work = new BackwardWork<TEpilogue>(
            outputGradient.Pointer, inputGradient.Pointer, window, channels, countPadding, epilogue);
        LineWork.Run(batch * window.Height, (long)batch * window.Pixels * channels, ref work);
    }

    private readonly struct ForwardWork<TEpilogue>(
        float* input, float* output, SlidingWindow window, int channels, bool countPadding, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly WindowRanges _ranges = new(window, countPadding);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            bool isLong = (long)window.KernelHeight * window.KernelWidth > LongSum.Block;
            (int image, int row) = Math.DivRem(line, window.OutputHeight);
            (int firstRow, int lastRow) = _ranges.RowsUnder(row);
            int top = (row * window.StrideHeight) - window.PaddingTop + (firstRow * window.DilationHeight);
            long rowsCounted = _ranges.RowsCounted(row);
            for (int column = 0; column < window.OutputWidth; column++)
            {
                (int firstColumn, int lastColumn) = _ranges.ColumnsUnder(column);
                int left =
                    (column * window.StrideWidth) - window.PaddingLeft + (firstColumn * window.DilationWidth);
                int pixel = (line * window.OutputWidth) + column;
                nint first = ((((nint)image * window.Height) + top) * window.Width) + left;
                var values = new Span<float>(output + ((nint)pixel * channels), channels);
                var mean = new Mean(
                    input + (first * channels), (nint)window.DilationHeight * window.Width * channels,
                    (nint)window.DilationWidth * channels,
                    lastRow - firstRow, lastColumn - firstColumn, 1f / (rowsCounted * _ranges.ColumnsCounted(column)));
                if (isLong)
                {
                    ElementwiseRun.Apply(values, new LongMean(mean));
                }
                else
                {
                    ElementwiseRun.Apply(values, mean);
                }

                epilogue.Invoke(values, pixel, 0);
            }
        }
    }

    private readonly struct Mean(float* first, nint line, nint pixel, int rows, int columns, float share) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    sum += Operand.Load<TVector>(first + (i * line) + (j * pixel) + index, count);
                }
            }

            return sum * TVector.Broadcast(share);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector OfManyPixels<TVector>(int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector total = TVector.Zero, rest = TVector.Zero;
            for (int i = 0; i < rows; i++)
            {
                var term = new RowTerm(first + (i * line) + index, pixel, count);
                LongSum.AddTerms(ref total, ref rest, columns, term);
            }

            return total * TVector.Broadcast(share);
        }
    }

    private readonly struct LongMean(Mean mean) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => mean.OfManyPixels<TVector>(index, count);
    }

    private readonly struct BackwardWork<TEpilogue>(
        float* gradient, float* result, SlidingWindow window, int channels, bool countPadding, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly WindowRanges _ranges = new(window, countPadding);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            (int image, int row) = Math.DivRem(line, window.Height);
            float* windows = gradient + ((nint)image * window.OutputPixels * channels);
            for (int column = 0; column < window.Width; column++)
            {
                int pixel = (line * window.Width) + column;
                var values = new Span<float>(result + ((nint)pixel * channels), channels);
                ElementwiseRun.Apply(values, new Share(
                    windows, _ranges, window.OutputWidth, channels, _ranges.RowsOver(row), _ranges.ColumnsOver(column)));
                epilogue.Invoke(values, pixel, 0);
            }
        }
    }

    private readonly struct Share(
        float* gradient, WindowRanges ranges, int outputWidth, int channels,
        (int First, int Last, int Step) rows, (int First, int Last, int Step) columns) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (int h = rows.First; h < rows.Last; h += rows.Step)
            {
                long rowsCounted = ranges.RowsCounted(h);
                for (int w = columns.First; w < columns.Last; w += columns.Step)
                {
                    TVector share = TVector.Broadcast(1f / (rowsCounted * ranges.ColumnsCounted(w)));
                    sum += share * Operand.Load<TVector>(
                        gradient + ((((nint)h * outputWidth) + w) * channels) + index, count);
                }
            }

            return sum;
        }
    }
}
