using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>A convolution of an image, in groups or channel by channel.</summary>
internal sealed class Conv2DLayer : LayerDefinition
{
    private const string Depthwise = "ModelDsl.DepthwiseConv2DAttribute";

    public override string AttributeType => "ModelDsl.Conv2DAttribute";

    public override IEnumerable<string> AttributeTypes => [AttributeType, Depthwise];

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        bool isDepthwise = declaration.AttributeType == Depthwise;
        bool counts = isDepthwise
            ? WindowArguments.CheckSize(layer, "Multiplier", "multiplier", declaration.Int("Multiplier", 1))
            : WindowArguments.CheckSize(layer, "filters", "number of filters", declaration.Int("filters"))
                && WindowArguments.CheckSize(layer, "Groups", "number of groups", declaration.Int("Groups", 1));
        if (!counts || !WindowArguments.CheckImage(layer) || !WeightArguments.Check(layer))
        {
            return null;
        }

        int channels = layer.Input.Columns;
        if (!isDepthwise && !GroupArguments.Check(layer, channels, "input channels", declaration.Int("filters")))
        {
            return null;
        }

        if (WindowArguments.Bind(layer, layer.Input.Dimensions[0], layer.Input.Dimensions[1]) is not { } window)
        {
            return null;
        }

        long outputs = isDepthwise ? (long)channels * declaration.Int("Multiplier", 1) : declaration.Int("filters");
        return new TensorShape(window.OutputHeight, window.OutputWidth, (int)Math.Min(outputs, int.MaxValue));
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        ConvolutionGeometry geometry = Geometry(layer);
        Value weight = WeightArguments.Weight(program, layer, geometry.WeightShape, geometry.FanIn, geometry.FanOut);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Outputs, geometry.FanIn, geometry.FanOut);
        Value result = program.Activation(layer);
        return geometry.Window.IsPixel && geometry.Groups == 1
            ? program.Add(new LinearOperation(layer, input, weight, bias, result))
            : program.Add(new ConvolutionOperation(layer, input, weight, bias, geometry, result));
    }

    private static ConvolutionGeometry Geometry(BoundLayer layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        int channels = layer.Input.Columns;
        int groups = declaration.AttributeType == Depthwise ? channels : declaration.Int("Groups", 1);
        SlidingWindow window = WindowArguments.Read(declaration, layer.Input.Dimensions[0], layer.Input.Dimensions[1]);
        return new ConvolutionGeometry(window, channels, layer.Output.Columns, groups);
    }
}
