using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>What carries gradients back through a convolution, as a layer: it enlarges an image by its stride.</summary>
internal sealed class ConvTranspose2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(ConvTranspose2DAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var arguments = layer.Arguments<ConvTranspose2DAttribute>();
        int filters = arguments.Filters;
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Filters), "number of filters", filters)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Groups), "number of groups", arguments.Groups)
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
        SlidingWindow window = WindowArguments.Read(
            layer.Declaration, layer.Output.Dimensions[0], layer.Output.Dimensions[1]);
        var geometry = new ConvolutionGeometry(
            window with { Method = program.Convolution },
            Channels: layer.Output.Columns,
            Outputs: layer.Input.Columns,
            layer.Arguments<ConvTranspose2DAttribute>().Groups);
        Value weight = WeightArguments.Weight(program, layer, geometry.WeightShape, geometry.FanOut, geometry.FanIn);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Channels, geometry.FanOut, geometry.FanIn);
        return program.Add(new ConvolutionOperation(
            layer, input, weight, bias, geometry, program.Activation(layer), isTransposed: true));
    }

    private static bool CheckOutputPadding(LayerContext layer)
    {
        SlidingWindow window = WindowArguments.Read(layer.Declaration, 1, 1);
        return CheckOutputPadding(layer, PaddingHeight(layer.Declaration), window.StrideHeight)
            && CheckOutputPadding(layer, PaddingWidth(layer.Declaration), window.StrideWidth);
    }

    private static bool CheckOutputPadding(LayerContext layer, GivenNumber given, int stride)
    {
        LayerDeclaration declaration = layer.Declaration;
        (string argument, int padding) = given;
        if (padding < 0 || padding >= stride)
        {
            layer.Report(OutputPaddingOutOfRange.Message(declaration.Kind, stride, padding), argument);
            return false;
        }

        if (padding > 0 && declaration.Read<WindowAttribute>().Padding == Padding.Same)
        {
            layer.Report(PaddingGivenTwice.Message(declaration.Kind, "Padding.Same", padding), argument);
            return false;
        }

        return true;
    }

    private static GivenNumber PaddingHeight(LayerDeclaration declaration)
    {
        var arguments = declaration.Read<ConvTranspose2DAttribute>();
        return GivenNumber.Of(
            (nameof(arguments.OutputPaddingHeight), arguments.OutputPaddingHeight),
            (nameof(arguments.OutputPadding), arguments.OutputPadding));
    }

    private static GivenNumber PaddingWidth(LayerDeclaration declaration)
    {
        var arguments = declaration.Read<ConvTranspose2DAttribute>();
        return GivenNumber.Of(
            (nameof(arguments.OutputPaddingWidth), arguments.OutputPaddingWidth),
            (nameof(arguments.OutputPadding), arguments.OutputPadding));
    }

    private static (long Height, long Width) OutputSize(LayerDeclaration declaration, TensorShape input)
    {
        int height = input.Dimensions[0];
        int width = input.Dimensions[1];
        SlidingWindow window = WindowArguments.Read(declaration, height, width);
        if (declaration.Read<WindowAttribute>().Padding == Padding.Same)
        {
            return ((long)height * window.StrideHeight, (long)width * window.StrideWidth);
        }

        long reachHeight = window.ReachHeight + PaddingHeight(declaration).Value;
        long reachWidth = window.ReachWidth + PaddingWidth(declaration).Value;
        return (
            ((height - 1L) * window.StrideHeight) + reachHeight - window.PaddingTop - window.PaddingBottom,
            ((width - 1L) * window.StrideWidth) + reachWidth - window.PaddingLeft - window.PaddingRight);
    }
}
