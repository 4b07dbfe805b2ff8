namespace ModelDsl.Kernels;

/// <summary>Which pixels lie under a window, and which windows lie over a pixel.</summary>
/// <param name="window">How the window slides over an image.</param>
/// <param name="countPadding">Whether the padding counts as part of a window.</param>
internal readonly struct WindowRanges(SlidingWindow window, bool countPadding = false)
{
    private readonly int _rowStep = Step(window.StrideHeight, window.DilationHeight);
    private readonly int _columnStep = Step(window.StrideWidth, window.DilationWidth);

    /// <summary>The window's rows, from the first to before the last, that lie within the image at an output row.</summary>
    public (int First, int Last) RowsUnder(int outputRow) =>
        Under(
            (outputRow * window.StrideHeight) - window.PaddingTop, window.KernelHeight, window.Height,
            window.DilationHeight);

    /// <summary>The window's columns that lie within the image at an output column.</summary>
    public (int First, int Last) ColumnsUnder(int outputColumn) =>
        Under(
            (outputColumn * window.StrideWidth) - window.PaddingLeft, window.KernelWidth, window.Width,
            window.DilationWidth);

    /// <summary>The number of a window's rows that count at an output row.</summary>
    public int RowsCounted(int outputRow) => Counted(
        (outputRow * window.StrideHeight) - window.PaddingTop, window.KernelHeight, window.Height, window.PaddingBottom,
        window.DilationHeight);

    /// <summary>The number of a window's columns that count at an output column.</summary>
    public int ColumnsCounted(int outputColumn) => Counted(
        (outputColumn * window.StrideWidth) - window.PaddingLeft, window.KernelWidth, window.Width, window.PaddingRight,
        window.DilationWidth);

    /// <summary>
    /// The output rows whose windows an image row is part of: the first, each Step from there, before the last.
    /// </summary>
    public (int First, int Last, int Step) RowsOver(int row) => Over(
        row + window.PaddingTop, (int)window.ReachHeight, window.StrideHeight, window.DilationHeight,
        window.OutputHeight, _rowStep);

    /// <summary>The output columns whose windows an image column is part of.</summary>
    public (int First, int Last, int Step) ColumnsOver(int column) => Over(
        column + window.PaddingLeft, (int)window.ReachWidth, window.StrideWidth, window.DilationWidth,
        window.OutputWidth, _columnStep);

    // A window may start in the padding, but what it covers beyond that never counts.
    private int Counted(int start, int kernel, int size, int after, int dilation)
    {
        if (countPadding)
        {
            return Math.Min(kernel, (size + after - start + dilation - 1) / dilation);
        }

        (int first, int last) = Under(start, kernel, size, dilation);
        return last - first;
    }

    private static (int First, int Last) Under(int start, int kernel, int size, int dilation) => dilation == 1
        ? (Math.Max(0, -start), Math.Min(kernel, size - start))
        : ((Math.Max(0, -start) + dilation - 1) / dilation, Math.Min(kernel, (size - start + dilation - 1) / dilation));

    // Between its places a dilated window has none: of the windows that reach over a pixel, each step-th is over it.
    private static (int First, int Last, int Step) Over(
        int place, int reach, int stride, int dilation, int outputs, int step)
    {
        int first = Math.Max(0, (place - reach + stride) / stride);
        int last = Math.Min(outputs, (place / stride) + 1);
        if (dilation == 1)
        {
            return (first, last, 1);
        }

        int end = Math.Min(last, first + step);
        while (first < end && (place - (first * stride)) % dilation != 0)
        {
            first++;
        }

        return (first < end ? first : last, last, step);
    }

    // How many windows further the places fall on the same pixels again.
    private static int Step(int stride, int dilation)
    {
        int step = 1;
        while ((long)step * stride % dilation != 0)
        {
            step++;
        }

        return step;
    }
}

/// <summary>Checks the operands of pooling.</summary>
internal static class PoolingGuard
{
    /// <exception cref="ArgumentException">
    /// An operand is shorter than its shape, or some window has no pixel within the image.
    /// </exception>
    public static void Check(SlidingWindow window, FloatSpan image, FloatSpan result, int batch, int channels)
    {
        window.Check();
        if (Math.Max(window.PaddingTop, window.PaddingBottom) >= window.ReachHeight
            || Math.Max(window.PaddingLeft, window.PaddingRight) >= window.ReachWidth
            || window.HasEmptyWindow)
        {
            throw new ArgumentException($"expected windows with a pixel of the image each, got {window}");
        }

        Guard.Blocks(image, batch, window.Pixels, channels);
        Guard.Blocks(result, batch, window.OutputPixels, channels);
    }
}
