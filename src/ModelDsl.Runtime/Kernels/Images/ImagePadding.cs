namespace ModelDsl.CompilerServices;

/// <summary>Adds a margin around images, and takes it off gradients.</summary>
/// <remarks>Limited by memory.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ImagePadding
{
    /// <summary>output = epilogue(the image with a margin of <paramref name="value"/> around it).</summary>
    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, top + height + bottom, left + width + right, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="top">The number of rows added at the top.</param>
    /// <param name="bottom">The number of rows added at the bottom.</param>
    /// <param name="left">The number of columns added at the left.</param>
    /// <param name="right">The number of columns added at the right.</param>
    /// <param name="value">What the margin holds.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a margin is negative.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, int height, int width, int channels,
        int top, int bottom, int left, int right, float value, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(input, output, batch, height, width, channels, top, bottom, left, right);
        var work = new ForwardWork<TEpilogue>(
            input, output, height, width, channels, top, left, top + height + bottom, left + width + right, value, epilogue);
        LineWork.Run(batch * (top + height + bottom), output.Length, ref work);
    }

    /// <summary>inputGradient = epilogue(the output's gradient without the margin).</summary>
    /// <param name="outputGradient">[batch, top + height + bottom, left + width + right, channels].</param>
    /// <param name="inputGradient">[batch, height, width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="height">The images' height without the margin.</param>
    /// <param name="width">The images' width without the margin.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="top">The number of rows at the top.</param>
    /// <param name="bottom">The number of rows at the bottom.</param>
    /// <param name="left">The number of columns at the left.</param>
    /// <param name="right">The number of columns at the right.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a margin is negative.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, int height, int width, int channels,
        int top, int bottom, int left, int right, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(inputGradient, outputGradient, batch, height, width, channels, top, bottom, left, right);
        var work = new BackwardWork<TEpilogue>(
            outputGradient, inputGradient, height, width, channels, top, left, top + height + bottom, left + width + right, epilogue);
        LineWork.Run(batch * height, inputGradient.Length, ref work);
    }

    private static void Check(
        FloatSpan image, FloatSpan padded, int batch, int height, int width, int channels, int top, int bottom, int left, int right)
    {
        if ((top | bottom | left | right) < 0)
        {
            throw new ArgumentException(
                Invariant($"expected margins of at least 0 pixels, got {top}, {bottom}, {left}, {right}"));
        }

        Guard.Blocks(image, batch, height, checked(width * channels));
        Guard.Blocks(padded, batch, checked(top + height + bottom), checked((left + width + right) * channels));
    }

    private readonly struct ForwardWork<TEpilogue>(
        FloatSpan input, FloatSpan output, int height, int width, int channels, int top, int left,
        int paddedHeight, int paddedWidth, float value, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            (int image, int row) = Math.DivRem(line, paddedHeight);
            Span<float> pixels = output.Slice(line * paddedWidth * channels, paddedWidth * channels);
            pixels.Fill(value);
            if (row >= top && row < top + height)
            {
                input.Slice(((image * height) + row - top) * width * channels, width * channels).AsSpan()
                    .CopyTo(pixels[(left * channels)..]);
            }

            PixelRows.Finish(pixels, line * paddedWidth, channels, epilogue);
        }
    }

    private readonly struct BackwardWork<TEpilogue>(
        FloatSpan gradient, FloatSpan result, int height, int width, int channels, int top, int left,
        int paddedHeight, int paddedWidth, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int line)
        {
            (int image, int row) = Math.DivRem(line, height);
            Span<float> pixels = result.Slice(line * width * channels, width * channels);
            int from = ((((image * paddedHeight) + top + row) * paddedWidth) + left) * channels;
            gradient.Slice(from, width * channels).AsSpan().CopyTo(pixels);
            PixelRows.Finish(pixels, line * width, channels, epilogue);
        }
    }
}
