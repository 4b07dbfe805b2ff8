using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>What carries gradients back through a convolution, as a layer: it enlarges an image by its stride.</summary>
internal sealed class ConvTranspose2DLayer : LayerDefinition
{
    private const int Same = 1;

    public override string AttributeType => "ModelDsl.ConvTranspose2DAttribute";

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        int filters = declaration.Int("filters");
        if (!WindowArguments.CheckSize(layer, "filters", "number of filters", filters)
            || !WindowArguments.CheckSize(layer, "Groups", "number of groups", declaration.Int("Groups", 1))
            || !WindowArguments.CheckImage(layer)
            || !WeightArguments.Check(layer)
            || !GroupArguments.Check(layer, layer.Input.Columns, "input channels", filters)
            || !WindowArguments.CheckArguments(layer)
            || !CheckOutputPadding(layer))
        {
            return null;
        }

        (long height, long width) = OutputSize(declaration, layer.Input);
        if (height < 1 || width < 1)
        {
            layer.Report(OutputIsEmpty.Message(declaration.Kind, layer.Input, layer.InputOrigin));
            return null;
        }

        return new TensorShape((int)Math.Min(height, int.MaxValue), (int)Math.Min(width, int.MaxValue), filters);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        // The convolution that this one transposes has our output as its image.
        SlidingWindow window = WindowArguments.Read(layer.Declaration, layer.Output.Dimensions[0], layer.Output.Dimensions[1]);
        var geometry = new ConvolutionGeometry(
            window, Channels: layer.Output.Columns, Outputs: layer.Input.Columns, layer.Declaration.Int("Groups", 1));
        Value weight = WeightArguments.Weight(program, layer, geometry.WeightShape, geometry.FanOut, geometry.FanIn);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Channels, geometry.FanOut, geometry.FanIn);
        return program.Add(new TransposedConvolutionOperation(
            layer, input, weight, bias, geometry, program.Activation(layer)));
    }

    private static bool CheckOutputPadding(LayerContext layer)
    {
        SlidingWindow window = WindowArguments.Read(layer.Declaration, 1, 1);
        return CheckOutputPadding(layer, "Height", window.StrideHeight) && CheckOutputPadding(layer, "Width", window.StrideWidth);
    }

    private static bool CheckOutputPadding(LayerContext layer, string side, int stride)
    {
        LayerDeclaration declaration = layer.Declaration;
        string argument = declaration.Int("OutputPadding" + side) != 0 ? "OutputPadding" + side : "OutputPadding";
        int padding = OutputPadding(declaration, side);
        if (padding < 0 || padding >= stride)
        {
            layer.Report(OutputPaddingOutOfRange.Message(declaration.Kind, stride, padding), argument);
            return false;
        }

        if (padding > 0 && declaration.Int("Padding") == Same)
        {
            layer.Report(PaddingGivenTwice.Message(declaration.Kind, "Padding.Same", padding), argument);
            return false;
        }

        return true;
    }

    private static int OutputPadding(LayerDeclaration declaration, string side) =>
        WindowArguments.Value(declaration, "OutputPadding" + side, "OutputPadding", 0);

    private static (long Height, long Width) OutputSize(LayerDeclaration declaration, TensorShape input)
    {
        int height = input.Dimensions[0];
        int width = input.Dimensions[1];
        SlidingWindow window = WindowArguments.Read(declaration, height, width);
        if (declaration.Int("Padding") == Same)
        {
            return ((long)height * window.StrideHeight, (long)width * window.StrideWidth);
        }

        return (
            ((height - 1L) * window.StrideHeight) + window.ReachHeight - (2L * window.PaddingTop) + OutputPadding(declaration, "Height"),
            ((width - 1L) * window.StrideWidth) + window.ReachWidth - (2L * window.PaddingLeft) + OutputPadding(declaration, "Width"));
    }
}
