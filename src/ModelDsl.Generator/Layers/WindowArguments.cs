using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The arguments by which a layer says how its window slides over an image.</summary>
internal static class WindowArguments
{
    private const int Same = 1;

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
        if (declaration.Int("Padding") == Same)
        {
            return window.WithSamePadding();
        }

        int vertical = Value(declaration, "PaddingHeight", "PaddingSize", 0);
        int horizontal = Value(declaration, "PaddingWidth", "PaddingSize", 0);
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
                KernelArgument(layer.Declaration, window.OutputHeight < 1 ? "Height" : "Width"));
            return null;
        }

        return window;
    }

    /// <summary>Whether all arguments are within their ranges; reports the first that is not.</summary>
    public static bool CheckArguments(LayerContext layer, bool isDisjoint = false)
    {
        LayerDeclaration declaration = layer.Declaration;
        foreach (string side in (string[])["Height", "Width"])
        {
            string name = side.ToLowerInvariant();
            string kernel = KernelArgument(declaration, side);
            string stride = declaration.Int("Stride" + side) != 0 ? "Stride" + side : "Stride";
            string dilation = declaration.Int("Dilation" + side) != 0 ? "Dilation" + side : "Dilation";
            if (!CheckSize(layer, kernel, $"window {name}", declaration.Int(kernel))
                || !CheckSize(layer, stride, "stride", StrideOf(declaration, side, isDisjoint))
                || !CheckSize(layer, dilation, "dilation", Value(declaration, "Dilation" + side, "Dilation", 1)))
            {
                return false;
            }
        }

        // Only the padding remains, and the sizes of windows do not depend on the image.
        SlidingWindow window = ReadUnpadded(declaration, 1, 1, isDisjoint);
        return CheckPadding(layer, "Height", window.ReachHeight) && CheckPadding(layer, "Width", window.ReachWidth);
    }

    /// <summary>An argument of one direction, or where it is 0 that of both.</summary>
    public static int Value(LayerDeclaration declaration, string own, string shared, int otherwise)
    {
        int value = declaration.Int(own);
        return value != 0 ? value : declaration.Int(shared, otherwise);
    }

    private static bool CheckPadding(LayerContext layer, string side, long reach)
    {
        LayerDeclaration declaration = layer.Declaration;
        string argument = declaration.Int("Padding" + side) != 0 ? "Padding" + side : "PaddingSize";
        int padding = Value(declaration, "Padding" + side, "PaddingSize", 0);
        if (padding < 0 || padding >= reach)
        {
            layer.Report(PaddingOutOfRange.Message(declaration.Kind, reach, padding), argument);
            return false;
        }

        if (padding > 0 && declaration.Int("Padding") == Same)
        {
            layer.Report(PaddingGivenTwice.Message(declaration.Kind, "Padding.Same", padding), argument);
            return false;
        }

        return true;
    }

    private static SlidingWindow ReadUnpadded(LayerDeclaration declaration, int height, int width, bool isDisjoint) =>
        new(height, width, declaration.Int(KernelArgument(declaration, "Height")), declaration.Int(KernelArgument(declaration, "Width")))
        {
            StrideHeight = StrideOf(declaration, "Height", isDisjoint),
            StrideWidth = StrideOf(declaration, "Width", isDisjoint),
            DilationHeight = Value(declaration, "DilationHeight", "Dilation", 1),
            DilationWidth = Value(declaration, "DilationWidth", "Dilation", 1),
            CeilMode = declaration.Bool("CeilMode"),
        };

    // A square window is said by one number: kernelSize, or size where the window is all there is to say.
    private static string KernelArgument(LayerDeclaration declaration, string side) =>
        declaration.Has("kernelSize") ? "kernelSize" : declaration.Has("size") ? "size" : "kernel" + side;

    private static int StrideOf(LayerDeclaration declaration, string side, bool isDisjoint)
    {
        int stride = Value(declaration, "Stride" + side, "Stride", isDisjoint ? 0 : 1);
        return isDisjoint && stride == 0 ? declaration.Int(KernelArgument(declaration, side)) : stride;
    }
}
