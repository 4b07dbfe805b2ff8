namespace ModelDsl.Generator.Lowering.Images;

/// <summary>A window that slides over an image, as the runtime's struct of the same name.</summary>
/// <param name="Height">The image's height.</param>
/// <param name="Width">The image's width.</param>
/// <param name="KernelHeight">The window's height.</param>
/// <param name="KernelWidth">The window's width.</param>
internal readonly record struct SlidingWindow(int Height, int Width, int KernelHeight, int KernelWidth)
{
    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    public int DilationHeight { get; init; } = 1;

    public int DilationWidth { get; init; } = 1;

    public int PaddingTop { get; init; }

    public int PaddingBottom { get; init; }

    public int PaddingLeft { get; init; }

    public int PaddingRight { get; init; }

    /// <summary>Whether a last window may reach over the end, where it starts within the image or the padding before it.</summary>
    public bool CeilMode { get; init; }

    /// <summary>The rows that a window reaches over, those between its own included.</summary>
    public long ReachHeight => ((long)DilationHeight * (KernelHeight - 1)) + 1;

    /// <summary>The columns that a window reaches over, those between its own included.</summary>
    public long ReachWidth => ((long)DilationWidth * (KernelWidth - 1)) + 1;

    public long PaddedHeight => (long)Height + PaddingTop + PaddingBottom;

    public long PaddedWidth => (long)Width + PaddingLeft + PaddingRight;

    /// <summary>The number of windows from top to bottom; 0 where none fits.</summary>
    public int OutputHeight => Windows(PaddedHeight, ReachHeight, StrideHeight, (long)Height + PaddingTop);

    /// <summary>The number of windows from left to right; 0 where none fits.</summary>
    public int OutputWidth => Windows(PaddedWidth, ReachWidth, StrideWidth, (long)Width + PaddingLeft);

    /// <summary>Whether the windows are the pixels themselves, in their order.</summary>
    public bool IsPixel =>
        KernelHeight == 1 && KernelWidth == 1 && StrideHeight == 1 && StrideWidth == 1
        && PaddedHeight == Height && PaddedWidth == Width;

    /// <summary>The same window with the padding that makes ⌈size / stride⌉ outputs.</summary>
    public SlidingWindow WithSamePadding()
    {
        int height = SamePadding(Height, ReachHeight, StrideHeight);
        int width = SamePadding(Width, ReachWidth, StrideWidth);
        return this with
        {
            PaddingTop = height / 2,
            PaddingBottom = height - (height / 2),
            PaddingLeft = width / 2,
            PaddingRight = width - (width / 2),
        };
    }

    /// <summary>The runtime's struct.</summary>
    public KernelObject Argument
    {
        get
        {
            (string Name, int Value, int Usual)[] all =
            [
                (nameof(StrideHeight), StrideHeight, 1), (nameof(StrideWidth), StrideWidth, 1),
                (nameof(DilationHeight), DilationHeight, 1), (nameof(DilationWidth), DilationWidth, 1),
                (nameof(PaddingTop), PaddingTop, 0), (nameof(PaddingBottom), PaddingBottom, 0),
                (nameof(PaddingLeft), PaddingLeft, 0), (nameof(PaddingRight), PaddingRight, 0),
            ];
            return new KernelObject("SlidingWindow", [Height, Width, KernelHeight, KernelWidth])
            {
                Properties =
                [
                    .. all.Where(entry => entry.Value != entry.Usual)
                        .Select(entry => Lowering.Argument.Named(entry.Name, entry.Value)),
                    .. Lowering.Argument.Flag(nameof(CeilMode), CeilMode),
                ],
            };
        }
    }

    /// <summary>The window for a comment: <c>3x3 windows, stride 2</c>.</summary>
    public override string ToString() => $"{KernelHeight}x{KernelWidth}{Movement}";

    /// <summary>How the window moves, for a comment, where it is not in steps of one pixel: <c> stride 2</c>.</summary>
    public string Movement =>
        Pair(" stride", StrideHeight, StrideWidth, 1)
        + Pair(" dilation", DilationHeight, DilationWidth, 1)
        + Pair(" padding", PaddingTop, PaddingLeft, 0)
        + Rest()
        + (CeilMode ? " rounded up" : "");

    private static string Pair(string name, int height, int width, int usual) =>
        height == usual && width == usual ? "" : height == width ? $"{name} {height}" : $"{name} {height}x{width}";

    // The bottom and the right, where they differ from the top and the left.
    private string Rest() =>
        PaddingBottom == PaddingTop && PaddingRight == PaddingLeft
            ? ""
            : $"{(PaddingTop == 0 && PaddingLeft == 0 ? " padding 0" : "")} and {PaddingBottom}x{PaddingRight}";

    // PyTorch's rule: rounded up, there is one window more, unless it would start in the padding behind the image.
    private int Windows(long padded, long reach, int stride, long end)
    {
        long room = padded - reach + (CeilMode ? stride - 1 : 0);
        if (room < 0)
        {
            return 0;
        }

        long count = (room / stride) + 1;
        return (int)Math.Min(CeilMode && (count - 1) * stride >= end ? count - 1 : count, int.MaxValue);
    }

    private static int SamePadding(int size, long reach, int stride)
    {
        long outputs = ((long)size + stride - 1) / stride;
        return (int)Math.Min(Math.Max(((outputs - 1) * stride) + reach - size, 0), int.MaxValue);
    }
}
