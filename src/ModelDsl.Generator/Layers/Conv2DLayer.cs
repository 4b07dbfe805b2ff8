using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>A convolution of an image, in groups or channel by channel.</summary>
internal sealed class Conv2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(Conv2DAttribute).FullName;

    public override IEnumerable<string> AttributeTypes => [AttributeType, typeof(DepthwiseConv2DAttribute).FullName];

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var depthwise = declaration.Attribute as DepthwiseConv2DAttribute;
        var convolution = declaration.Attribute as Conv2DAttribute;
        bool counts = depthwise is not null
            ? WindowArguments.CheckSize(layer, nameof(depthwise.Multiplier), "multiplier", depthwise.Multiplier)
            : WindowArguments.CheckSize(layer, nameof(convolution.Filters), "number of filters", convolution!.Filters)
                && WindowArguments.CheckSize(layer, nameof(convolution.Groups), "number of groups", convolution.Groups);
        if (!counts || !WindowArguments.CheckImage(layer) || !WeightArguments.Check(layer))
        {
            return null;
        }

        int channels = layer.Input.Columns;
        if (convolution is not null && !GroupArguments.Check(layer, channels, "input channels", convolution.Filters))
        {
            return null;
        }

        if (WindowArguments.Bind(layer, layer.Input.Dimensions[0], layer.Input.Dimensions[1]) is not { } window)
        {
            return null;
        }

        long outputs = depthwise is null ? convolution!.Filters : (long)channels * depthwise.Multiplier;
        return new TensorShape(window.OutputHeight, window.OutputWidth, (int)Math.Min(outputs, int.MaxValue));
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        ConvolutionGeometry geometry = Geometry(layer, program.Convolution);
        Value weight = WeightArguments.Weight(program, layer, geometry.WeightShape, geometry.FanIn, geometry.FanOut);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Outputs, geometry.FanIn, geometry.FanOut);
        Value result = program.Activation(layer);
        return geometry.Window.IsPixel && geometry.Groups == 1
            ? program.Add(new LinearOperation(layer, input, weight, bias, result))
            : program.Add(new ConvolutionOperation(layer, input, weight, bias, geometry, result));
    }

    private static ConvolutionGeometry Geometry(BoundLayer layer, ConvolutionMethod method)
    {
        LayerDeclaration declaration = layer.Declaration;
        int channels = layer.Input.Columns;
        int groups = declaration.Attribute is Conv2DAttribute convolution ? convolution.Groups : channels;
        SlidingWindow window = WindowArguments.Read(declaration, layer.Input.Dimensions[0], layer.Input.Dimensions[1]);
        return new ConvolutionGeometry(window with { Method = method }, channels, layer.Output.Columns, groups);
    }
}
