namespace ModelDsl.Generator.Lowering.Images;

/// <summary>What the compiler makes of a window, whose geometry it shares with the runtime.</summary>
internal static class WindowExtensions
{
    extension(SlidingWindow window)
    {
        /// <summary>The window as an argument of a kernel.</summary>
        public KernelObject Argument
        {
            get
            {
                (string Name, int Value, int Usual)[] all =
                [
                    (nameof(SlidingWindow.StrideHeight), window.StrideHeight, 1),
                    (nameof(SlidingWindow.StrideWidth), window.StrideWidth, 1),
                    (nameof(SlidingWindow.DilationHeight), window.DilationHeight, 1),
                    (nameof(SlidingWindow.DilationWidth), window.DilationWidth, 1),
                    (nameof(SlidingWindow.PaddingTop), window.PaddingTop, 0),
                    (nameof(SlidingWindow.PaddingBottom), window.PaddingBottom, 0),
                    (nameof(SlidingWindow.PaddingLeft), window.PaddingLeft, 0),
                    (nameof(SlidingWindow.PaddingRight), window.PaddingRight, 0),
                ];
                return new KernelObject(
                    nameof(SlidingWindow), [window.Height, window.Width, window.KernelHeight, window.KernelWidth])
                {
                    Properties =
                    [
                        .. all.Where(entry => entry.Value != entry.Usual)
                            .Select(entry => Lowering.Argument.Named(entry.Name, entry.Value)),
                        .. Lowering.Argument.Flag(nameof(SlidingWindow.CeilMode), window.CeilMode),
                        .. MethodOf(window),
                    ],
                };
            }
        }

        /// <summary>The window for a comment: <c>3x3 stride 2</c>.</summary>
        public string Text => $"{window.KernelHeight}x{window.KernelWidth}{window.Movement}";

        /// <summary>How the window moves, for a comment, where it is not in steps of one pixel: <c> stride 2</c>.</summary>
        public string Movement =>
            Pair(" stride", window.StrideHeight, window.StrideWidth, 1)
            + Pair(" dilation", window.DilationHeight, window.DilationWidth, 1)
            + Pair(" padding", window.PaddingTop, window.PaddingLeft, 0)
            + EndPadding(window)
            + (window.CeilMode ? " rounded up" : "");

        /// <summary>The same window with the padding that makes ⌈size / stride⌉ outputs.</summary>
        public SlidingWindow WithSamePadding()
        {
            int height = SamePadding(window.Height, window.ReachHeight, window.StrideHeight);
            int width = SamePadding(window.Width, window.ReachWidth, window.StrideWidth);
            return window with
            {
                PaddingTop = height / 2,
                PaddingBottom = height - (height / 2),
                PaddingLeft = width / 2,
                PaddingRight = width - (width / 2),
            };
        }
    }

    private static string Pair(string name, int height, int width, int usual) =>
        height == usual && width == usual ? "" : height == width ? $"{name} {height}" : $"{name} {height}x{width}";

    // The bottom and the right, where they differ from the top and the left.
    private static string EndPadding(SlidingWindow window) =>
        window.PaddingBottom == window.PaddingTop && window.PaddingRight == window.PaddingLeft
            ? ""
            : (window.PaddingTop == 0 && window.PaddingLeft == 0 ? " padding 0" : "")
                + $" and {window.PaddingBottom}x{window.PaddingRight}";

    private static EquatableArray<Argument> MethodOf(SlidingWindow window) =>
        window.Method == ConvolutionMethod.Fastest
            ? []
            : [Argument.Named(nameof(window.Method), new EnumArgument(nameof(ConvolutionMethod), $"{window.Method}"))];

    private static int SamePadding(int size, long reach, int stride)
    {
        long outputs = ((long)size + stride - 1) / stride;
        return (int)Math.Min(Math.Max(((outputs - 1) * stride) + reach - size, 0), int.MaxValue);
    }
}
