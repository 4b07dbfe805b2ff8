namespace ModelDsl.Kernels;

/// <summary>
/// result[u, v, c] = Σ source[pixel i, j of the window, c] · weight[i, j, c] for lines of pixels: a depthwise convolution, or
/// the transposed one, which is the gradient of its input.
/// </summary>
/// <remarks>
/// Pixels whose windows lie within the source are summed four at a time, so that a weight is read once for four
/// multiply-adds; the last four of a line may repeat some of the four before, which writes the same sums again. Limited by
/// the way of the images to and from memory.
/// </remarks>
internal readonly unsafe struct DepthwiseLines<TEpilogue>(
    FloatSpan source, FloatSpan weight, FloatSpan result, SlidingWindow window, int channels, bool isTransposed, TEpilogue epilogue)
    : ILineWork
    where TEpilogue : struct, IEpilogue
{

    private readonly int SourceHeight => isTransposed ? window.OutputHeight : window.Height;

    private readonly int SourceWidth => isTransposed ? window.OutputWidth : window.Width;

    private readonly int ResultHeight => isTransposed ? window.Height : window.OutputHeight;

    private readonly int ResultWidth => isTransposed ? window.Width : window.OutputWidth;

    private readonly int RowPhases => isTransposed ? window.StrideHeight : 1;

    private readonly int ColumnPhases => isTransposed ? window.StrideWidth : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(int line)
    {
        (int image, int row) = Math.DivRem(line, ResultHeight);
        for (int phase = 0; phase < ColumnPhases; phase++)
        {
            SumPixels(image, row, phase);
        }

        for (int pixel = line * ResultWidth; pixel < (line + 1) * ResultWidth; pixel++)
        {
            epilogue.Invoke(new Span<float>(result.Pointer + ((nint)pixel * channels), channels), pixel, 0);
        }
    }

    /// <summary>The sums of the pixels phase, phase + phases, phase + 2 · phases … of a row.</summary>
    private void SumPixels(int image, int row, int phase)
    {
        (int resultRow, int rowPhase) = Math.DivRem(row, RowPhases);
        AxisTaps rows = AxisTaps.Rows(window, isTransposed, rowPhase);
        AxisTaps columns = AxisTaps.Columns(window, isTransposed, phase);
        (int firstRow, int lastRow) = rows.Within(resultRow, SourceHeight);
        int sourceRow = (resultRow * rows.Stride) + rows.SourceStart + (firstRow * rows.SourceStep);
        var taps = new DepthwiseTaps
        {
            Source = source.Pointer + (((((nint)image * SourceHeight) + sourceRow) * SourceWidth) + columns.SourceStart) * channels,
            SourceRowStep = (nint)rows.SourceStep * SourceWidth * channels,
            SourceColumnStep = (nint)columns.SourceStep * channels,
            SourcePixelStep = (nint)columns.Stride * channels,
            Weight = weight.Pointer + (((nint)rows.Kernel(firstRow) * window.KernelWidth) + columns.KernelStart) * channels,
            WeightRowStep = (nint)rows.KernelStep * window.KernelWidth * channels,
            WeightColumnStep = (nint)columns.KernelStep * channels,
            Rows = lastRow - firstRow,
            Columns = columns.Count,
            ResultPixelStep = (nint)ColumnPhases * channels,
        };

        float* pixels = result.Pointer + (((((nint)image * ResultHeight) + row) * ResultWidth) + phase) * channels;
        int count = (ResultWidth - phase + ColumnPhases - 1) / ColumnPhases;
        (int first, int last) = columns.Inner(count, SourceWidth);
        for (int pixel = 0; pixel < first; pixel++)
        {
            SumBorder(pixels, pixel, columns, taps);
        }

        for (int pixel = first; pixel < last;)
        {
            if (last - first >= DepthwiseTile.Pixels)
            {
                pixel = Math.Min(pixel, last - DepthwiseTile.Pixels);
                float* to = pixels + (pixel * taps.ResultPixelStep);
                ElementwiseRun.Apply(new Span<float>(to, channels), new DepthwiseTile(taps.At(pixel), to));
                pixel += DepthwiseTile.Pixels;
            }
            else
            {
                SumBorder(pixels, pixel++, columns, taps);
            }
        }

        for (int pixel = last; pixel < count; pixel++)
        {
            SumBorder(pixels, pixel, columns, taps);
        }
    }

    private void SumBorder(float* pixels, int pixel, AxisTaps columns, DepthwiseTaps taps)
    {
        (int first, int last) = columns.Within(pixel, SourceWidth);
        DepthwiseTaps clipped = taps.At(pixel) with
        {
            Source = taps.At(pixel).Source + (first * taps.SourceColumnStep),
            Weight = taps.Weight + (first * taps.WeightColumnStep),
            Columns = last - first,
        };
        ElementwiseRun.Apply(
            new Span<float>(pixels + (pixel * taps.ResultPixelStep), channels), new DepthwisePixel(clipped));
    }
}
