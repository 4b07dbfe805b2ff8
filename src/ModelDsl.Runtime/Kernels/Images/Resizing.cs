namespace ModelDsl.CompilerServices;

/// <summary>Images of another size, and the gradients of what became of each pixel.</summary>
/// <remarks>
/// A new pixel is a mean of up to four rows and four columns. Rows are joined first, in whole lines, then columns of
/// what they give. Limited by memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Resizing
{
    /// <summary>output[n, h, w, c] = epilogue(Σ of pixels around the place of the new one, by their shares).</summary>
    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, newHeight, newWidth, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="newHeight">The height of the result.</param>
    /// <param name="newWidth">The width of the result.</param>
    /// <param name="interpolation">Where values come from.</param>
    /// <param name="alignCorners">Whether the centres of the corners stay where they are.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a size is not positive.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, int height, int width, int channels,
        int newHeight, int newWidth, Interpolation interpolation, bool alignCorners, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(input, output, batch, height, width, channels, newHeight, newWidth);
        var rows = new ResizeAxis(height, newHeight, interpolation, alignCorners);
        var columns = new ResizeAxis(width, newWidth, interpolation, alignCorners);
        var work = new ForwardWork<TEpilogue>(input.Pointer, output.Pointer, rows, columns, channels, epilogue);
        LineWork.RunRanges(batch * newHeight, input.Length + (long)output.Length, ref work);
    }

    /// <summary>
    /// inputGradient = epilogue(the gradients of the new pixels, by the shares that each pixel has in them).
    /// </summary>
    /// <param name="outputGradient">[batch, newHeight, newWidth, channels].</param>
    /// <param name="inputGradient">[batch, height, width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="newHeight">The height of the result.</param>
    /// <param name="newWidth">The width of the result.</param>
    /// <param name="interpolation">Where values came from.</param>
    /// <param name="alignCorners">Whether the centres of the corners stayed where they were.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a size is not positive.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, int height, int width, int channels,
        int newHeight, int newWidth, Interpolation interpolation, bool alignCorners, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(inputGradient, outputGradient, batch, height, width, channels, newHeight, newWidth);
        var rows = new ResizeAxis(height, newHeight, interpolation, alignCorners);
        var columns = new ResizeAxis(width, newWidth, interpolation, alignCorners);
        var work = new BackwardWork<TEpilogue>(
            outputGradient.Pointer, inputGradient.Pointer, rows, columns, channels, epilogue);
        LineWork.RunRanges(batch * height, inputGradient.Length + (long)outputGradient.Length, ref work);
    }

    private static void Check(
        FloatSpan small, FloatSpan large, int batch, int height, int width, int channels, int newHeight, int newWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newWidth);
        Guard.Blocks(small, batch, height, checked(width * channels));
        Guard.Blocks(large, batch, newHeight, checked(newWidth * channels));
    }

    // The taps of all columns, which are the same for each line, and a line of floats behind them.
    private static ResizeTaps* TapsOf(ResizeAxis columns, int lineFloats, out float* line)
    {
        int floats = BlockSizes.RoundUp(
            columns.To * sizeof(ResizeTaps) / sizeof(float), KernelContract.FloatsInCacheLine);
        float* memory = Scratch.Get((long)floats + lineFloats);
        var taps = (ResizeTaps*)memory;
        for (int column = 0; column < columns.To; column++)
        {
            taps[column] = columns.TapsOf(column);
        }

        line = memory + floats;
        return taps;
    }

    private readonly struct ForwardWork<TEpilogue>(
        float* input, float* output, ResizeAxis rows, ResizeAxis columns, int channels, TEpilogue epilogue)
        : ILineRangeWork
        where TEpilogue : struct, IEpilogue
    {
        public void Invoke(int start, int end)
        {
            int lineFloats = columns.From * channels;
            ResizeTaps* taps = TapsOf(columns, lineFloats, out float* joined);
            for (int line = start; line < end; line++)
            {
                (int image, int row) = Math.DivRem(line, rows.To);
                float* pixels = input + ((nint)image * rows.From * lineFloats);
                ElementwiseRun.Apply(
                    new Span<float>(joined, lineFloats), new Mean(pixels, lineFloats, rows.TapsOf(row)));
                for (int column = 0; column < columns.To; column++)
                {
                    int pixel = (line * columns.To) + column;
                    var values = new Span<float>(output + ((nint)pixel * channels), channels);
                    ElementwiseRun.Apply(values, new Mean(joined, channels, taps[column]));
                    epilogue.Invoke(values, pixel, 0);
                }
            }
        }
    }

    private readonly struct BackwardWork<TEpilogue>(
        float* gradient, float* result, ResizeAxis rows, ResizeAxis columns, int channels, TEpilogue epilogue)
        : ILineRangeWork
        where TEpilogue : struct, IEpilogue
    {
        public void Invoke(int start, int end)
        {
            int lineFloats = columns.To * channels;
            ResizeTaps* taps = TapsOf(columns, lineFloats, out float* joined);
            for (int line = start; line < end; line++)
            {
                (int image, int row) = Math.DivRem(line, rows.From);
                Join(gradient + ((nint)image * rows.To * lineFloats), row, new Span<float>(joined, lineFloats));
                float* values = result + ((nint)line * columns.From * channels);
                new Span<float>(values, columns.From * channels).Clear();
                for (int column = 0; column < columns.To; column++)
                {
                    for (int tap = 0; tap < taps[column].Count; tap++)
                    {
                        var pixel = new Span<float>(values + ((nint)taps[column].PlaceOf(tap) * channels), channels);
                        ElementwiseRun.Apply(
                            pixel, new AddShare(joined + ((nint)column * channels), taps[column].ShareOf(tap)));
                    }
                }

                for (int column = 0; column < columns.From; column++)
                {
                    int pixel = (line * columns.From) + column;
                    epilogue.Invoke(new Span<float>(result + ((nint)pixel * channels), channels), pixel, 0);
                }
            }
        }

        private void Join(float* image, int row, Span<float> joined)
        {
            joined.Clear();
            (int first, int last) = rows.Reach(row);
            for (int place = first; place < last; place++)
            {
                float share = rows.TapsOf(place).ShareOfPlace(row);
                if (share != 0f)
                {
                    ElementwiseRun.Apply(joined, new AddShare(image + ((nint)place * joined.Length), share));
                }
            }
        }
    }

    private readonly struct Mean : IElementwiseFunction
    {
        private readonly float* _first, _second, _third, _fourth;
        private readonly float _share, _secondShare, _thirdShare, _fourthShare;
        private readonly int _count;

        public Mean(float* source, nint step, ResizeTaps taps)
        {
            _count = taps.Count;
            (_share, _secondShare, _thirdShare, _fourthShare) =
                (taps.ShareOf(0), taps.ShareOf(1), taps.ShareOf(2), taps.ShareOf(3));
            _first = source + (taps.PlaceOf(0) * step);
            _second = source + (taps.PlaceOf(1) * step);
            _third = source + (taps.PlaceOf(2) * step);
            _fourth = source + (taps.PlaceOf(3) * step);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = Operand.Load<TVector>(_first + index, count);
            if (_count == 1)
            {
                return sum;
            }

            sum *= TVector.Broadcast(_share);
            sum = Add(sum, _second + index, _secondShare, count);
            if (_count > 2)
            {
                sum = Add(sum, _third + index, _thirdShare, count);
            }

            return _count > 3 ? Add(sum, _fourth + index, _fourthShare, count) : sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Add<TVector>(TVector sum, float* source, float share, int count)
            where TVector : struct, ISimdVector<TVector> =>
            TVector.MultiplyAdd(Operand.Load<TVector>(source, count), TVector.Broadcast(share), sum);
    }

    private readonly struct AddShare(float* source, float share) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            TVector.MultiplyAdd(Operand.Load<TVector>(source + index, count), TVector.Broadcast(share), values);
    }
}
