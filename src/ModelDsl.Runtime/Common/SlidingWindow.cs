namespace ModelDsl.CompilerServices;

/// <summary>A window that slides over an image: the geometry of convolutions and pooling.</summary>
/// <param name="Height">The image's height.</param>
/// <param name="Width">The image's width.</param>
/// <param name="KernelHeight">The window's height.</param>
/// <param name="KernelWidth">The window's width.</param>
/// <remarks>
/// Row i of the window at output row h looks at image row h · <see cref="StrideHeight"/> + i · <see cref="DilationHeight"/> -
/// <see cref="PaddingTop"/>, and columns go alike.
/// </remarks>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public readonly record struct SlidingWindow(int Height, int Width, int KernelHeight, int KernelWidth)
{
    /// <summary>The distance between two windows from top to bottom.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>The distance between two windows from left to right.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>The distance between two rows of a window.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>The distance between two columns of a window.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>By how many rows windows reach over the top.</summary>
    public int PaddingTop { get; init; }

    /// <summary>By how many rows windows reach over the bottom.</summary>
    public int PaddingBottom { get; init; }

    /// <summary>By how many columns windows reach over the left.</summary>
    public int PaddingLeft { get; init; }

    /// <summary>By how many columns windows reach over the right.</summary>
    public int PaddingRight { get; init; }

    /// <summary>
    /// Whether a last window may reach over the end, where it starts within the image or the padding before it: for pooling.
    /// </summary>
    public bool CeilMode { get; init; }

    /// <summary>How a convolution by this window is computed: pooling does not read it.</summary>
    public ConvolutionMethod Method { get; init; }

    /// <summary>The number of windows from top to bottom; 0 where none fits.</summary>
    public int OutputHeight => (int)Math.Min(Rows, int.MaxValue);

    /// <summary>The number of windows from left to right; 0 where none fits.</summary>
    public int OutputWidth => (int)Math.Min(Columns, int.MaxValue);

    /// <summary>The rows that a window reaches over, those between its own included.</summary>
    internal long ReachHeight => ((long)DilationHeight * (KernelHeight - 1)) + 1;

    /// <summary>The columns that a window reaches over, those between its own included.</summary>
    internal long ReachWidth => ((long)DilationWidth * (KernelWidth - 1)) + 1;

    internal long PaddedHeight => (long)Height + PaddingTop + PaddingBottom;

    internal long PaddedWidth => (long)Width + PaddingLeft + PaddingRight;

    /// <summary>The number of pixels of the image.</summary>
    internal int Pixels => Height * Width;

    /// <summary>The number of windows.</summary>
    internal int OutputPixels => OutputHeight * OutputWidth;

    /// <summary>The number of pixels in a window.</summary>
    internal int Taps => KernelHeight * KernelWidth;

    /// <summary>Whether the windows are the pixels themselves, in their order.</summary>
    internal bool IsPixel =>
        Taps == 1 && StrideHeight == 1 && StrideWidth == 1
        && (PaddingTop | PaddingBottom | PaddingLeft | PaddingRight) == 0;

    /// <summary>
    /// Whether some window has no pixel within the image, which padding smaller than a window leaves to dilation.
    /// </summary>
    internal bool HasEmptyWindow =>
        IsSomeEmpty(OutputHeight, StrideHeight, DilationHeight, KernelHeight, PaddingTop, Height)
        || IsSomeEmpty(OutputWidth, StrideWidth, DilationWidth, KernelWidth, PaddingLeft, Width);

    /// <summary>Checks that there is a window and that no count of pixels is beyond an int.</summary>
    /// <exception cref="ArgumentException">A size is not positive, a padding is negative, or no window fits.</exception>
    internal void Check()
    {
        int smallest = Math.Min(Math.Min(Height, Width), Math.Min(KernelHeight, KernelWidth));
        smallest = Math.Min(
            smallest, Math.Min(Math.Min(StrideHeight, StrideWidth), Math.Min(DilationHeight, DilationWidth)));
        bool isValid = smallest > 0
            && (PaddingTop | PaddingBottom | PaddingLeft | PaddingRight) >= 0
            && (long)Height * Width <= int.MaxValue
            && (long)KernelHeight * KernelWidth <= int.MaxValue;
        long rows = isValid ? Rows : 0;
        long columns = isValid ? Columns : 0;
        if (rows < 1 || columns < 1 || rows > int.MaxValue / columns)
        {
            throw new ArgumentException($"expected a window that fits its image, got {this}");
        }
    }

    private static bool IsSomeEmpty(int windows, int stride, int dilation, int kernel, int before, int size)
    {
        for (int window = 0; dilation > 1 && window < windows; window++)
        {
            long start = ((long)window * stride) - before;
            long first = start >= 0 ? start : start + ((-start + dilation - 1) / dilation * dilation);
            if (first >= size || first > start + ((long)dilation * (kernel - 1)))
            {
                return true;
            }
        }

        return false;
    }

    private long Rows => Windows(PaddedHeight, ReachHeight, StrideHeight, (long)Height + PaddingTop);

    private long Columns => Windows(PaddedWidth, ReachWidth, StrideWidth, (long)Width + PaddingLeft);

    // PyTorch's rule: rounded up, there is one window more, unless it would start in the padding behind the image.
    private long Windows(long padded, long reach, int stride, long end)
    {
        long room = padded - reach + (CeilMode ? stride - 1 : 0);
        if (room < 0)
        {
            return 0;
        }

        long count = (room / stride) + 1;
        return CeilMode && (count - 1) * stride >= end ? count - 1 : count;
    }
}
