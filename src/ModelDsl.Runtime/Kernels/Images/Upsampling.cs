namespace ModelDsl.CompilerServices;

/// <summary>Enlarges images by whole factors, and gathers the gradients of what became of each pixel.</summary>
/// <remarks>
/// A new pixel is a mean of up to two rows and two columns, weighted by distance; the nearest pixel is the case of one of
/// each. Limited by memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Upsampling
{
    /// <summary>output[n, h, w, c] = epilogue(the image's value at (h + ½) / factor - ½, and likewise for columns).</summary>
    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, height · factorHeight, width · factorWidth, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="factorHeight">How many rows each row becomes.</param>
    /// <param name="factorWidth">How many columns each column becomes.</param>
    /// <param name="interpolation">Where values come from.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a factor is not positive.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, int height, int width, int channels,
        int factorHeight, int factorWidth, Interpolation interpolation, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(input, output, batch, height, width, channels, factorHeight, factorWidth);
        var work = new ForwardWork<TEpilogue>(
            input.Pointer, output.Pointer, height, width, channels, factorHeight, factorWidth, interpolation, epilogue);
        LineWork.Run(batch * height * factorHeight, output.Length, ref work);
    }

    /// <summary>inputGradient = epilogue(the gradients of the new pixels, by their shares in each).</summary>
    /// <param name="outputGradient">[batch, height · factorHeight, width · factorWidth, channels].</param>
    /// <param name="inputGradient">[batch, height, width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The small images' height.</param>
    /// <param name="width">The small images' width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="factorHeight">How many rows each row became.</param>
    /// <param name="factorWidth">How many columns each column became.</param>
    /// <param name="interpolation">Where values came from.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a factor is not positive.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, int height, int width, int channels,
        int factorHeight, int factorWidth, Interpolation interpolation, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(inputGradient, outputGradient, batch, height, width, channels, factorHeight, factorWidth);
        var work = new BackwardWork<TEpilogue>(
            outputGradient.Pointer, inputGradient.Pointer, height, width, channels, factorHeight, factorWidth, interpolation, epilogue);
        LineWork.Run(batch * height, outputGradient.Length, ref work);
    }

    private static void Check(
        FloatSpan small, FloatSpan large, int batch, int height, int width, int channels, int factorHeight, int factorWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factorHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factorWidth);
        Guard.Blocks(small, batch, height, checked(width * channels));
        Guard.Blocks(large, batch, checked(height * factorHeight), checked(width * factorWidth * channels));
    }

    /// <summary>The two rows, or columns, that a new one lies between, and the second one's share.</summary>
    private static (int First, int Second, float Share) Between(
        int place, int factor, int size, Interpolation interpolation)
    {
        if (interpolation == Interpolation.Nearest)
        {
            return (place / factor, place / factor, 0f);
        }

        float source = MathF.Max(0f, ((place + 0.5f) / factor) - 0.5f);
        int first = Math.Min((int)source, size - 1);

        // What has no share is not read: an infinity or NaN there would come through.
        float share = first + 1 < size ? source - first : 0f;
        return (first, share == 0f ? first : first + 1, share);
    }

    /// <summary>What share of a new row, or column, an old one has.</summary>
    private static float ShareOf(int old, int place, int factor, int size, Interpolation interpolation)
    {
        (int first, int second, float share) = Between(place, factor, size, interpolation);
        return (first == old ? 1f - share : 0f) + (second == old ? share : 0f);
    }

    private readonly struct ForwardWork<TEpilogue>(
        float* input, float* output, int height, int width, int channels, int factorHeight, int factorWidth,
        Interpolation interpolation, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            int columns = width * factorWidth;
            (int image, int row) = Math.DivRem(line, height * factorHeight);
            (int first, int second, float share) = Between(row, factorHeight, height, interpolation);
            float* above = input + (((nint)image * height) + first) * width * channels;
            float* below = input + (((nint)image * height) + second) * width * channels;
            for (int column = 0; column < columns; column++)
            {
                (int left, int right, float part) = Between(column, factorWidth, width, interpolation);
                int pixel = (line * columns) + column;
                var values = new Span<float>(output + ((nint)pixel * channels), channels);
                ElementwiseRun.Apply(values, new Blend(
                    above + ((nint)left * channels), above + ((nint)right * channels),
                    below + ((nint)left * channels), below + ((nint)right * channels), share, part));
                epilogue.Invoke(values, pixel, 0);
            }
        }
    }

    private readonly struct Blend(
        float* aboveLeft, float* aboveRight, float* belowLeft, float* belowRight, float below, float right)
        : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            if (below == 0f && right == 0f)
            {
                return Operand.Load<TVector>(aboveLeft + index, count);
            }

            TVector rightShare = TVector.Broadcast(right);
            TVector leftShare = TVector.Broadcast(1f - right);
            TVector above = (Operand.Load<TVector>(aboveLeft + index, count) * leftShare)
                + (Operand.Load<TVector>(aboveRight + index, count) * rightShare);
            TVector under = (Operand.Load<TVector>(belowLeft + index, count) * leftShare)
                + (Operand.Load<TVector>(belowRight + index, count) * rightShare);
            return (above * TVector.Broadcast(1f - below)) + (under * TVector.Broadcast(below));
        }
    }

    private readonly struct BackwardWork<TEpilogue>(
        float* gradient, float* result, int height, int width, int channels, int factorHeight, int factorWidth,
        Interpolation interpolation, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            (int image, int row) = Math.DivRem(line, height);
            (int firstRow, int lastRow) = Reach(row, factorHeight, height);
            for (int column = 0; column < width; column++)
            {
                (int firstColumn, int lastColumn) = Reach(column, factorWidth, width);
                int pixel = (line * width) + column;
                var values = new Span<float>(result + ((nint)pixel * channels), channels);
                values.Clear();
                for (int h = firstRow; h < lastRow; h++)
                {
                    float share = ShareOf(row, h, factorHeight, height, interpolation);
                    for (int w = firstColumn; w < lastColumn && share != 0f; w++)
                    {
                        float part = share * ShareOf(column, w, factorWidth, width, interpolation);
                        nint place = ((((nint)image * height * factorHeight) + h) * width * factorWidth) + w;
                        if (part != 0f)
                        {
                            ElementwiseRun.Apply(values, new AddShare(gradient + (place * channels), part));
                        }
                    }
                }

                epilogue.Invoke(values, pixel, 0);
            }
        }

        // The new rows, or columns, whose centres lie less than one old row from an old one's, those beyond the border included.
        private static (int First, int Last) Reach(int old, int factor, int size) =>
            (Math.Max(0, (old - 1) * factor), Math.Min(size * factor, (old + 2) * factor));
    }

    private readonly struct AddShare(float* gradient, float share) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            TVector.MultiplyAdd(Operand.Load<TVector>(gradient + index, count), TVector.Broadcast(share), values);
    }
}
