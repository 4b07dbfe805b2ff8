namespace ModelDsl.CompilerServices;

/// <summary>The largest value of each window, channel by channel; NaN where there is one in the window.</summary>
/// <remarks>
/// Limited by memory. In training the forward pass notes for each value which pixel of the window it came from, the
/// first of equal ones (the last of several NaN), so that the backward pass needs neither the image nor a comparison of
/// floats that were rounded.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MaxPooling
{
    /// <summary>output[n, h, w, c] = max over the window's pixels that lie within the image.</summary>
    /// <param name="input">[batch, window.Height, window.Width, channels].</param>
    /// <param name="output">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="origins">As large as the output, for the numbers of the windows' pixels; empty where they are not wanted.</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Forward(
        FloatSpan input, FloatSpan output, FloatSpan origins, int batch, SlidingWindow window, int channels)
    {
        PoolingGuard.Check(window, input, output, batch, channels);
        if (!origins.IsEmpty)
        {
            Guard.Blocks(origins, batch, window.OutputPixels, channels);
        }

        int lines = batch * window.OutputHeight;
        long elements = (long)batch * window.Pixels * channels;
        if (origins.IsEmpty && channels <= NarrowMaxPooling.MostChannels)
        {
            var narrow = new NarrowMaxPooling(input.Pointer, output.Pointer, window, channels);
            LineWork.RunRanges(lines, elements, ref narrow);
            return;
        }

        var work = new MaxPoolingLines(
            input.Pointer, output.Pointer, origins.IsEmpty ? null : origins.Pointer, window, channels, batch);
        LineWork.RunRanges(lines, elements, ref work);
    }

    /// <summary>inputGradient = epilogue(each output's gradient, at the pixel that the output came from).</summary>
    /// <param name="outputGradient">[batch, window.OutputHeight, window.OutputWidth, channels].</param>
    /// <param name="origins">What <see cref="Forward"/> has noted.</param>
    /// <param name="inputGradient">[batch, window.Height, window.Width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the window slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan origins, FloatSpan inputGradient, int batch, SlidingWindow window, int channels,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        PoolingGuard.Check(window, inputGradient, outputGradient, batch, channels);
        Guard.Blocks(origins, batch, window.OutputPixels, channels);
        var work = new BackwardWork<TEpilogue>(
            outputGradient.Pointer, origins.Pointer, inputGradient.Pointer, window, channels, epilogue);
        LineWork.RunRanges(batch, (long)batch * window.Pixels * channels, ref work);
    }

    /// <summary>
    /// Adds each gradient to the one pixel that it belongs to: of a window of nine, eight need not be looked at. The places come
    /// from memory, so they are checked.
    /// </summary>
    private readonly struct BackwardWork<TEpilogue>(
        float* gradient, float* origins, float* result, SlidingWindow window, int channels, TEpilogue epilogue) : ILineRangeWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            bool isSideBySide = SideBySidePooling.Suits(window);
            int taps = window.Taps;
            int* offsets = (int*)Scratch.Get(taps);
            for (int tap = 0; tap < taps; tap++)
            {
                (int row, int column) = Math.DivRem(tap, window.KernelWidth);
                offsets[tap] =
                    ((row * window.DilationHeight * window.Width) + (column * window.DilationWidth)) * channels;
            }

            for (int image = start; image < end; image++)
            {
                if (isSideBySide)
                {
                    nint place = (nint)image * window.OutputPixels * channels;
                    var pooling = new SideBySidePooling(
                        gradient + place, origins + place, result + ((nint)image * window.Pixels * channels), window,
                        channels);
                    VectorWidth.RunAround(channels, ref pooling);
                }
                else
                {
                    Scatter(image, offsets, taps);
                }

                int length = window.Pixels * channels;
                var pixels = new Span<float>(result + ((nint)image * length), length);
                PixelRows.Finish(pixels, image * window.Pixels, channels, epilogue);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void Scatter(int image, int* offsets, int taps)
        {
            int length = window.Pixels * channels;
            float* to = result + ((nint)image * length);
            new Span<float>(to, length).Clear();
            float* from = gradient + ((nint)image * window.OutputPixels * channels);
            float* origin = origins + ((nint)image * window.OutputPixels * channels);
            int height = window.OutputHeight;
            int width = window.OutputWidth;
            for (int row = 0; row < height; row++)
            {
                int line = ((row * window.StrideHeight) - window.PaddingTop) * window.Width;
                for (int column = 0; column < width; column++)
                {
                    int first = (line + (column * window.StrideWidth) - window.PaddingLeft) * channels;
                    for (int channel = 0; channel < channels; channel++)
                    {
                        uint tap = (uint)(int)origin[channel];
                        if (tap < (uint)taps && (uint)(first + channel + offsets[tap]) < (uint)length)
                        {
                            to[first + channel + offsets[tap]] += from[channel];
                        }
                    }

                    origin += channels;
                    from += channels;
                }
            }
        }
    }
}
