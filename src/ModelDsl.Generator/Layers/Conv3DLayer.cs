using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>
/// A convolution of a volume: one of images, whose channels are those of all planes under a window.
/// </summary>
internal sealed class Conv3DLayer : LayerDefinition
{
    public override string AttributeType => typeof(Conv3DAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<Conv3DAttribute>();
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Filters), "number of filters", arguments.Filters)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Groups), "number of groups", arguments.Groups)
            || !WeightArguments.Check(layer)
            || VolumeArguments.Bind(layer) is not { } window
            || !GroupArguments.Check(layer, layer.Input.Columns, "input channels", arguments.Filters))
        {
            return null;
        }

        return window.Output(arguments.Filters);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<Conv3DAttribute>();
        VolumeWindow window = VolumeArguments.Read(arguments, layer.Input);
        int depth = arguments.KernelDepth, channels = layer.Input.Columns / arguments.Groups;
        var geometry = new ConvolutionGeometry(
            window.Planes with { Method = program.Convolution },
            depth * layer.Input.Columns,
            arguments.Filters,
            arguments.Groups)
        {
            Images = window.Depths.OutputHeight,
        };
        var shape = new TensorShape(
            geometry.Outputs, arguments.KernelHeight, arguments.KernelWidth, depth, channels);
        Value weight = WeightArguments.Weight(program, layer, shape, geometry.FanIn, geometry.FanOut);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Outputs, geometry.FanIn, geometry.FanOut);
        Value planes = Planes(layer, program, input, window.Depths, arguments.Groups);
        return program.Add(new ConvolutionOperation(
            layer, planes, weight, bias, geometry, program.Activation(layer)));
    }

    // For each window in depth, the channels of its planes beside each other, group by group.
    private static Value Planes(
        BoundLayer layer, ProgramBuilder program, Value input, SlidingWindow depths, int groups)
    {
        if (depths.IsPixel)
        {
            return input;
        }

        (int depth, int height, int width) =
            (depths.KernelHeight, input.Shape.Dimensions[1], input.Shape.Dimensions[2]);
        int images = depths.OutputHeight, channels = input.Shape.Columns;
        Value taken = program.Add(new GatherOperation(
            layer, input, dimension: 0, [.. PlanesOf(depths)], value: 0f,
            program.Activation(
                layer, "planes", new TensorShape(images * depth, height, width, channels), mayBeRounded: true)));
        if (depth == 1)
        {
            return taken;
        }

        int[] from = StridedWalk.StridesOf(new TensorShape(images, depth, height * width, groups, channels / groups));
        int[] to = StridedWalk.StridesOf(new TensorShape(images, height * width, groups, depth, channels / groups));
        var walk = StridedWalk.Of(
        [
            new(images, from[0], to[0]), new(depth, from[1], to[3]), new(height * width, from[2], to[1]),
            new(groups, from[3], to[2]), new(channels / groups, from[4], to[4]),
        ]);
        return program.Add(new StridedCopy(
            layer, taken, start: 0, walk,
            program.Activation(
                layer, "windows", new TensorShape(images, height, width, depth * channels), mayBeRounded: true)));
    }

    // The numbers of the planes under each window; -1 beyond the border.
    private static IEnumerable<int> PlanesOf(SlidingWindow depths)
    {
        for (int image = 0; image < depths.OutputHeight; image++)
        {
            for (int tap = 0; tap < depths.KernelHeight; tap++)
            {
                int plane = (image * depths.StrideHeight) + (tap * depths.DilationHeight) - depths.PaddingTop;
                yield return plane < depths.Height ? Math.Max(plane, -1) : -1;
            }
        }
    }
}
