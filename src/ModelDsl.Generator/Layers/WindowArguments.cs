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

        (WindowSide vertical, WindowSide horizontal) = (Vertical(arguments), Horizontal(arguments));
        return window with
        {
            PaddingTop = vertical.Padding.Value,
            PaddingBottom = vertical.PaddingBehind.Value,
            PaddingLeft = horizontal.Padding.Value,
            PaddingRight = horizontal.PaddingBehind.Value,
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
        WindowSide vertical = Vertical(arguments);
        WindowSide horizontal = Horizontal(arguments);
        return vertical.CheckSizes(layer, isDisjoint)
            && horizontal.CheckSizes(layer, isDisjoint)
            && vertical.CheckPadding(layer, arguments.Padding)
            && horizontal.CheckPadding(layer, arguments.Padding);
    }

    private static SlidingWindow ReadUnpadded(LayerDeclaration declaration, int height, int width, bool isDisjoint)
    {
        var arguments = declaration.Read<WindowAttribute>();
        WindowSide vertical = Vertical(arguments);
        WindowSide horizontal = Horizontal(arguments);
        return new SlidingWindow(height, width, arguments.KernelHeight, arguments.KernelWidth)
        {
            StrideHeight = vertical.StrideOr(isDisjoint),
            StrideWidth = horizontal.StrideOr(isDisjoint),
            DilationHeight = vertical.Dilation.Value,
            DilationWidth = horizontal.Dilation.Value,
            CeilMode = arguments is ImagePoolingAttribute { CeilMode: true },
        };
    }

    /// <summary>Reports a window over steps that is longer than these.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="window">The window, over an image that is one pixel high.</param>
    /// <param name="argument">What says how long it is.</param>
    public static void ReportTooLong(LayerContext layer, SlidingWindow window, string argument) =>
        layer.Report(
            WindowLargerThanImage.Message(
                layer.Declaration.Kind,
                MessageArgument.Phrase($"{window.ReachWidth} steps"),
                new Extents(window.PaddedWidth),
                window.PaddedWidth == window.Width ? "" : " with its padding",
                layer.InputOrigin,
                Remedies.ForWindow(layer)),
            argument);

    private static WindowSide Vertical(WindowAttribute arguments)
    {
        var dilation = arguments as IDilationArguments;
        return WindowSide.Of(
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
                (nameof(arguments.PaddingSize), arguments.PaddingSize)),
            new GivenNumber(nameof(arguments.PaddingTop), arguments.PaddingTop),
            new GivenNumber(nameof(arguments.PaddingBottom), arguments.PaddingBottom));
    }

    private static WindowSide Horizontal(WindowAttribute arguments)
    {
        var dilation = arguments as IDilationArguments;
        return WindowSide.Of(
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
                (nameof(arguments.PaddingSize), arguments.PaddingSize)),
            new GivenNumber(nameof(arguments.PaddingLeft), arguments.PaddingLeft),
            new GivenNumber(nameof(arguments.PaddingRight), arguments.PaddingRight));
    }
}
