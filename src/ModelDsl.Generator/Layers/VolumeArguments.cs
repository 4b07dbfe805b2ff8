using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>A window over a volume: one over each of its planes, and one over the planes.</summary>
/// <param name="Planes">The window in height and width.</param>
/// <param name="Depths">The window in depth, over an image that is one pixel wide.</param>
internal readonly record struct VolumeWindow(SlidingWindow Planes, SlidingWindow Depths)
{
    /// <summary>The shape of what has one place for each window.</summary>
    public TensorShape Output(int channels) =>
        new(Depths.OutputHeight, Planes.OutputHeight, Planes.OutputWidth, channels);
}

/// <summary>The arguments by which a layer says how its window slides over a volume.</summary>
internal static class VolumeArguments
{
    private static readonly string[] Kernels =
    [
        nameof(VolumeWindowAttribute.KernelDepth), nameof(VolumeWindowAttribute.KernelHeight),
        nameof(VolumeWindowAttribute.KernelWidth),
    ];

    /// <summary>The window over the volume that flows in; null after reporting what does not fit.</summary>
    public static VolumeWindow? Bind(LayerContext layer, bool isDisjoint = false)
    {
        TensorShape input = layer.Input;
        if (input.Rank != 4 || input.IsSequence || input.IsTokens)
        {
            layer.Report(VolumeExpected.Message(layer.Declaration.Kind, input, layer.InputOrigin));
            return null;
        }

        var arguments = layer.Arguments<VolumeWindowAttribute>();
        WindowSide[] sides = Sides(arguments);
        if (!sides.All(side => side.CheckSizes(layer, isDisjoint))
            || !sides.All(side => side.CheckPadding(layer, arguments.Padding)))
        {
            return null;
        }

        VolumeWindow window = Read(arguments, input, isDisjoint);
        (SlidingWindow planes, SlidingWindow depths) = (window.Planes, window.Depths);
        int[] outputs = [depths.OutputHeight, planes.OutputHeight, planes.OutputWidth];
        int empty = Array.FindIndex(outputs, output => output < 1);
        if (empty >= 0)
        {
            var padded = new Extents(depths.PaddedHeight, planes.PaddedHeight, planes.PaddedWidth);
            bool isPadded = padded != new Extents(depths.Height, planes.Height, planes.Width);
            layer.Report(
                WindowLargerThanImage.Message(
                    layer.Declaration.Kind,
                    new Extents(depths.ReachHeight, planes.ReachHeight, planes.ReachWidth),
                    padded,
                    isPadded ? " with its padding" : "",
                    layer.InputOrigin,
                    Remedies.ForWindow(layer)),
                Kernels[empty]);
            return null;
        }

        return window;
    }

    /// <summary>The window over a volume, whose arguments are valid.</summary>
    public static VolumeWindow Read(VolumeWindowAttribute arguments, TensorShape volume, bool isDisjoint = false)
    {
        bool roundsUp = arguments is VolumePoolingAttribute { CeilMode: true };
        (int[] extents, WindowSide[] sides) = ([.. volume.Dimensions], Sides(arguments));
        var planes = new SlidingWindow(extents[1], extents[2], sides[1].Kernel.Value, sides[2].Kernel.Value)
        {
            StrideHeight = sides[1].StrideOr(isDisjoint),
            StrideWidth = sides[2].StrideOr(isDisjoint),
            DilationHeight = sides[1].Dilation.Value,
            DilationWidth = sides[2].Dilation.Value,
            PaddingTop = sides[1].Padding.Value,
            PaddingBottom = sides[1].PaddingBehind.Value,
            PaddingLeft = sides[2].Padding.Value,
            PaddingRight = sides[2].PaddingBehind.Value,
            CeilMode = roundsUp,
        };
        var depths = new SlidingWindow(extents[0], 1, sides[0].Kernel.Value, 1)
        {
            StrideHeight = sides[0].StrideOr(isDisjoint),
            DilationHeight = sides[0].Dilation.Value,
            PaddingTop = sides[0].Padding.Value,
            PaddingBottom = sides[0].PaddingBehind.Value,
            CeilMode = roundsUp,
        };
        return arguments.Padding == Padding.Same
            ? new VolumeWindow(planes.WithSamePadding(), depths.WithSamePadding())
            : new VolumeWindow(planes, depths);
    }

    // In the order of the dimensions.
    private static WindowSide[] Sides(VolumeWindowAttribute arguments)
    {
        return
        [
            Side(
                "depth", (Kernels[0], arguments.KernelDepth), (nameof(arguments.StrideDepth), arguments.StrideDepth),
                (nameof(arguments.PaddingDepth), arguments.PaddingDepth),
                (nameof(arguments.PaddingFront), arguments.PaddingFront),
                (nameof(arguments.PaddingBack), arguments.PaddingBack)),
            Side(
                "height", (Kernels[1], arguments.KernelHeight),
                (nameof(arguments.StrideHeight), arguments.StrideHeight),
                (nameof(arguments.PaddingHeight), arguments.PaddingHeight),
                (nameof(arguments.PaddingTop), arguments.PaddingTop),
                (nameof(arguments.PaddingBottom), arguments.PaddingBottom)),
            Side(
                "width", (Kernels[2], arguments.KernelWidth), (nameof(arguments.StrideWidth), arguments.StrideWidth),
                (nameof(arguments.PaddingWidth), arguments.PaddingWidth),
                (nameof(arguments.PaddingLeft), arguments.PaddingLeft),
                (nameof(arguments.PaddingRight), arguments.PaddingRight)),
        ];

        WindowSide Side(
            string name,
            (string Argument, int Value) kernel,
            (string, int) stride,
            (string, int) padding,
            (string Argument, int Value) before,
            (string Argument, int Value) behind) => WindowSide.Of(
            name,
            new GivenNumber(kernel.Argument, kernel.Value),
            GivenNumber.Of(stride, (nameof(arguments.Stride), arguments.Stride)),
            new GivenNumber(nameof(arguments.Dilation), arguments.Dilation),
            GivenNumber.Of(padding, (nameof(arguments.PaddingSize), arguments.PaddingSize)),
            new GivenNumber(before.Argument, before.Value),
            new GivenNumber(behind.Argument, behind.Value));
    }
}
