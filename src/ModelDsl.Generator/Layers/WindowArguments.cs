using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The arguments by which a layer says how its window slides over an image.</summary>
internal static class WindowArguments
{
    /// <summary>Whether the layer's input is an image; reports that it is not.</summary>
    public static bool CheckImage(LayerContext layer)
    {
        if (layer.Input.IsImage)
        {
            return true;
        }

        layer.Report(
            ImageExpected.Message(layer.Declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForImage(layer)));
        return false;
    }

    /// <summary>Whether a count is at least 1; reports that it is not.</summary>
    public static bool CheckSize(LayerContext layer, string argument, string what, int value)
    {
        if (value >= 1)
        {
            return true;
        }

        layer.Report(SizeMustBePositive.Message(layer.Declaration.Kind, what, value), argument);
        return false;
    }

    /// <summary>The window over an image of a size, whose arguments are valid.</summary>
    /// <param name="declaration">The attribute.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="width">The image's width.</param>
    /// <param name="isDisjoint">Whether windows lie side by side where no stride is given; else one pixel apart.</param>
    public static SlidingWindow Read(LayerDeclaration declaration, int height, int width, bool isDisjoint = false)
    {
        SlidingWindow window = ReadUnpadded(declaration, height, width, isDisjoint);
        var arguments = declaration.Read<WindowAttribute>();
        if (arguments.Padding == Padding.Same)
        {
            return window.WithSamePadding();
        }

        int vertical = WindowSide.Vertical(arguments).Padding.Value;
        int horizontal = WindowSide.Horizontal(arguments).Padding.Value;
        return window with
        {
            PaddingTop = vertical,
            PaddingBottom = vertical,
            PaddingLeft = horizontal,
            PaddingRight = horizontal,
        };
    }

    /// <summary>The window over an image of a size; null after reporting what does not fit.</summary>
    public static SlidingWindow? Bind(LayerContext layer, int height, int width, bool isDisjoint = false)
    {
        if (!CheckArguments(layer, isDisjoint))
        {
            return null;
        }

        SlidingWindow window = Read(layer.Declaration, height, width, isDisjoint);
        if (window.OutputHeight < 1 || window.OutputWidth < 1)
        {
            bool isPadded = window.PaddedHeight != height || window.PaddedWidth != width;
            layer.Report(
                WindowLargerThanImage.Message(
                    layer.Declaration.Kind,
                    new Extents(window.ReachHeight, window.ReachWidth),
                    new Extents(window.PaddedHeight, window.PaddedWidth),
                    isPadded ? " with its padding" : "",
                    layer.InputOrigin,
                    Remedies.ForWindow(layer)),
                window.OutputHeight < 1 ? nameof(WindowAttribute.KernelHeight) : nameof(WindowAttribute.KernelWidth));
            return null;
        }

        return window;
    }

    /// <summary>Whether all arguments are within their ranges; reports the first that is not.</summary>
    public static bool CheckArguments(LayerContext layer, bool isDisjoint = false)
    {
        var arguments = layer.Arguments<WindowAttribute>();
        WindowSide vertical = WindowSide.Vertical(arguments);
        WindowSide horizontal = WindowSide.Horizontal(arguments);
        if (!CheckSizes(layer, vertical, isDisjoint) || !CheckSizes(layer, horizontal, isDisjoint))
        {
            return false;
        }

        // Only the padding remains, and the sizes of windows do not depend on the image.
        SlidingWindow window = ReadUnpadded(layer.Declaration, 1, 1, isDisjoint);
        return CheckPadding(layer, vertical.Padding, window.ReachHeight)
            && CheckPadding(layer, horizontal.Padding, window.ReachWidth);
    }

    private static bool CheckSizes(LayerContext layer, WindowSide side, bool isDisjoint) =>
        CheckSize(layer, side.Kernel.Argument, $"window {side.Name}", side.Kernel.Value)
        && CheckSize(layer, side.Stride.Argument, "stride", side.StrideOr(isDisjoint))
        && CheckSize(layer, side.Dilation.Argument, "dilation", side.Dilation.Value);

    private static bool CheckPadding(LayerContext layer, GivenNumber padding, long reach)
    {
        string kind = layer.Declaration.Kind;
        if (padding.Value < 0 || padding.Value >= reach)
        {
            layer.Report(PaddingOutOfRange.Message(kind, reach, padding.Value), padding.Argument);
            return false;
        }

        if (padding.Value > 0 && layer.Arguments<WindowAttribute>().Padding == Padding.Same)
        {
            layer.Report(PaddingGivenTwice.Message(kind, "Padding.Same", padding.Value), padding.Argument);
            return false;
        }

        return true;
    }

    private static SlidingWindow ReadUnpadded(LayerDeclaration declaration, int height, int width, bool isDisjoint)
    {
        var arguments = declaration.Read<WindowAttribute>();
        WindowSide vertical = WindowSide.Vertical(arguments);
        WindowSide horizontal = WindowSide.Horizontal(arguments);
        return new SlidingWindow(height, width, arguments.KernelHeight, arguments.KernelWidth)
        {
            StrideHeight = vertical.StrideOr(isDisjoint),
            StrideWidth = horizontal.StrideOr(isDisjoint),
            DilationHeight = vertical.Dilation.Value,
            DilationWidth = horizontal.Dilation.Value,
            CeilMode = arguments is MaxPool2DAttribute { CeilMode: true } or AvgPool2DAttribute { CeilMode: true },
        };
    }

    /// <summary>What the arguments say of one direction.</summary>
    private readonly record struct WindowSide(
        string Name, GivenNumber Kernel, GivenNumber Stride, GivenNumber Dilation, GivenNumber Padding)
    {
        public static WindowSide Vertical(WindowAttribute arguments)
        {
            var dilation = arguments as IDilationArguments;
            return new WindowSide(
                "height",
                new GivenNumber(nameof(arguments.KernelHeight), arguments.KernelHeight),
                GivenNumber.Of(
                    (nameof(arguments.StrideHeight), arguments.StrideHeight), (
                        nameof(arguments.Stride), arguments.Stride)),
                GivenNumber.Of(
                    (nameof(dilation.DilationHeight), dilation?.DilationHeight ?? 1),
                    (nameof(dilation.Dilation), dilation?.Dilation ?? 1)),
                GivenNumber.Of(
                    (nameof(arguments.PaddingHeight), arguments.PaddingHeight),
                    (nameof(arguments.PaddingSize), arguments.PaddingSize)));
        }

        public static WindowSide Horizontal(WindowAttribute arguments)
        {
            var dilation = arguments as IDilationArguments;
            return new WindowSide(
                "width",
                new GivenNumber(nameof(arguments.KernelWidth), arguments.KernelWidth),
                GivenNumber.Of(
                    (nameof(arguments.StrideWidth), arguments.StrideWidth), (
                        nameof(arguments.Stride), arguments.Stride)),
                GivenNumber.Of(
                    (nameof(dilation.DilationWidth), dilation?.DilationWidth ?? 1),
                    (nameof(dilation.Dilation), dilation?.Dilation ?? 1)),
                GivenNumber.Of(
                    (nameof(arguments.PaddingWidth), arguments.PaddingWidth),
                    (nameof(arguments.PaddingSize), arguments.PaddingSize)));
        }

        /// <summary>The stride, or that of windows side by side where none is given.</summary>
        public int StrideOr(bool isDisjoint) => isDisjoint && Stride.Value == 0 ? Kernel.Value : Stride.Value;
    }
}
