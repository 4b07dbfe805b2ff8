namespace ModelDsl.Kernels;

/// <summary>Which pixels lie under a window, and for windows without dilation which lie over a pixel.</summary>
/// <param name="window">How the window slides over an image.</param>
/// <param name="countPadding">Whether the padding counts as part of a window.</param>
internal readonly struct WindowRanges(SlidingWindow window, bool countPadding = false)
{
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
        (outputRow * window.StrideHeight) - window.PaddingTop, window.KernelHeight, window.Height, window.PaddingBottom);

    /// <summary>The number of a window's columns that count at an output column.</summary>
    public int ColumnsCounted(int outputColumn) => Counted(
        (outputColumn * window.StrideWidth) - window.PaddingLeft, window.KernelWidth, window.Width, window.PaddingRight);

    /// <summary>The output rows whose windows an image row lies in.</summary>
    public (int First, int Last) RowsOver(int row) =>
        Over(row + window.PaddingTop, window.KernelHeight, window.StrideHeight, window.OutputHeight);

    /// <summary>The output columns whose windows an image column lies in.</summary>
    public (int First, int Last) ColumnsOver(int column) =>
        Over(column + window.PaddingLeft, window.KernelWidth, window.StrideWidth, window.OutputWidth);

    // A window may start in the padding, but what it covers beyond that never counts.
    private int Counted(int start, int kernel, int size, int after)
    {
        if (countPadding)
        {
            return Math.Min(kernel, size + after - start);
        }

        (int first, int last) = Under(start, kernel, size, dilation: 1);
        return last - first;
    }

    private static (int First, int Last) Under(int start, int kernel, int size, int dilation) => dilation == 1
        ? (Math.Max(0, -start), Math.Min(kernel, size - start))
        : ((Math.Max(0, -start) + dilation - 1) / dilation, Math.Min(kernel, (size - start + dilation - 1) / dilation));

    private static (int First, int Last) Over(int place, int kernel, int stride, int outputs) =>
        (Math.Max(0, (place - kernel + stride) / stride), Math.Min(outputs, (place / stride) + 1));
}

/// <summary>Checks the operands of pooling.</summary>
internal static class PoolingGuard
{
    /// <exception cref="ArgumentException">
    /// An operand is shorter than its shape, or some window has no pixel within the image.
    /// </exception>
    public static void Check(
        SlidingWindow window, FloatSpan image, FloatSpan result, int batch, int channels, bool mayDilate = false)
    {
        window.Check();
        if (Math.Max(window.PaddingTop, window.PaddingBottom) >= window.ReachHeight
            || Math.Max(window.PaddingLeft, window.PaddingRight) >= window.ReachWidth
            || window.HasEmptyWindow
            || (!mayDilate && (window.DilationHeight != 1 || window.DilationWidth != 1)))
        {
            throw new ArgumentException(
                $"expected windows with a pixel of the image each{(mayDilate ? "" : ", and no dilation")}, "
                + $"got {window}");
        }

        Guard.Blocks(image, batch, window.Pixels, channels);
        Guard.Blocks(result, batch, window.OutputPixels, channels);
    }
}
