namespace ModelDsl.Kernels;

/// <summary>
/// sums[i, j, c] += Σ gradient[pixel, c] · source[pixel i, j of its window, c] for blocks of lines: the gradient of a
/// depthwise convolution's weight.
/// </summary>
/// <remarks>
/// Three rows of three taps are summed at once, nine vectors that stay in registers along a line. Limited by loads: ten for nine
/// multiply-adds.
/// </remarks>
internal readonly unsafe struct DepthwiseWeightLines(
    FloatSpan gradient, FloatSpan source, FloatSpan sums, SlidingWindow window, int channels, int lines) : ILineWork
{
    /// <summary>Lines that are summed by themselves before all blocks are added, in their order.</summary>
    private const int BlockLines = 16;

    /// <summary>The most windows that are one chain of additions.</summary>
    private const int Chain = 256;

    /// <summary>The number of blocks, each of which needs [taps, channels] of the sums.</summary>
    public static int Blocks(int lines) => (lines + BlockLines - 1) / BlockLines;

    /// <summary>
    /// The number of blocks of <see cref="BatchSum.BlockSamples"/> images, of which no block has some lines only.
    /// </summary>
    public static int BlocksTogether(int imageLines) => BatchSum.BlockSamples / BlockLines * imageLines;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(int block)
    {
        float* to = sums.Pointer + ((nint)block * window.Taps * channels);
        int length = window.Taps * channels;
        new Span<float>(to, length).Clear();
        int first = block * BlockLines;
        int last = Math.Min(lines, first + BlockLines);
        if ((last - first) * (long)window.OutputWidth <= Chain)
        {
            AddLines(first, last, 0, window.OutputWidth, to);
            return;
        }

        int padded = BlockSizes.RoundUp(length, 16);
        float* part = Scratch.Get(2L * padded);
        float* rests = part + padded;
        new Span<float>(part, 2 * padded).Clear();
        bool isWide = window.OutputWidth > BlockLines * Chain;
        int chainLines = Math.Max(1, Chain / window.OutputWidth);
        for (int line = first; line < last; line += chainLines)
        {
            for (int pixel = 0; pixel < window.OutputWidth; pixel += Chain)
            {
                AddLines(
                    line, Math.Min(last, line + chainLines), pixel, Math.Min(window.OutputWidth, pixel + Chain),
                    part);
                if (isWide)
                {
                    BlockSums.Move(part, to, rests, length);
                }
                else
                {
                    BlockSums.Move(part, to, length);
                }
            }
        }
    }

    private void AddLines(int line, int end, int firstPixel, int endPixel, float* to)
    {
        for (; line < end; line++)
        {
            AddLine(line, firstPixel, endPixel, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddLine(int line, int firstPixel, int endPixel, float* to)
    {
        (int image, int row) = Math.DivRem(line, window.OutputHeight);
        float* windows = gradient.Pointer + ((nint)line * window.OutputWidth * channels);
        AxisTaps rows = AxisTaps.Rows(window);
        (int tapRow, int lastRow) = rows.Within(row, window.Height);
        while (tapRow < lastRow)
        {
            int y = (row * rows.Stride) + rows.SourceStart + (tapRow * rows.SourceStep);
            float* pixels = source.Pointer + ((((nint)image * window.Height) + y) * window.Width * channels);
            float* row0 = to + ((nint)tapRow * window.KernelWidth * channels);
            bool hasThreeRows = lastRow - tapRow >= 3;
            int column = 0;
            for (; hasThreeRows && column + 3 <= window.KernelWidth; column += 3)
            {
                float* sum = row0 + ((nint)column * channels);
                ElementwiseRun.Apply(
                    new Span<float>(sum, channels),
                    new DepthwiseNineTaps(windows, pixels, sum, window, channels, column, firstPixel, endPixel));
            }

            int rowsAtOnce = hasThreeRows ? 3 : 1;
            for (; column < window.KernelWidth; column++)
            {
                for (int next = 0; next < rowsAtOnce; next++)
                {
                    float* sum = row0 + ((((nint)next * window.KernelWidth) + column) * channels);
                    float* below = pixels + ((nint)next * rows.SourceStep * window.Width * channels);
                    ElementwiseRun.Apply(
                        new Span<float>(sum, channels),
                        new DepthwiseTap(windows, below, window, channels, column, firstPixel, endPixel));
                }
            }

            tapRow += rowsAtOnce;
        }
    }
}
