using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>A convolution along the steps of a sequence: one of an image that is one pixel high.</summary>
internal sealed class Conv1DLayer : LayerDefinition
{
    private const int Same = 1;

    public override string AttributeType => "ModelDsl.Conv1DAttribute";

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        int filters = declaration.Int("filters");
        if (!WindowArguments.CheckSize(layer, "filters", "number of filters", filters)
            || !WindowArguments.CheckSize(layer, "kernelSize", "window width", declaration.Int("kernelSize"))
            || !WindowArguments.CheckSize(layer, "Stride", "stride", declaration.Int("Stride", 1))
            || !WindowArguments.CheckSize(layer, "Dilation", "dilation", declaration.Int("Dilation", 1))
            || !WindowArguments.CheckSize(layer, "Groups", "number of groups", declaration.Int("Groups", 1))
            || !CheckPadding(layer)
            || !WeightArguments.Check(layer))
        {
            return null;
        }

        if (!layer.Input.IsSequence || layer.Input.IsTokens)
        {
            layer.Report(
                LayerNeedsSequence.Message(
                    declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
            return null;
        }

        if (!GroupArguments.Check(layer, layer.Input.Columns, "input features", filters))
        {
            return null;
        }

        SlidingWindow window = Window(declaration, layer.Input);
        if (window.ReachWidth > window.PaddedWidth)
        {
            layer.Report(
                WindowLargerThanImage.Message(
                    declaration.Kind,
                    MessageArgument.Phrase($"{window.ReachWidth} steps"),
                    new Extents(window.PaddedWidth),
                    window.PaddedWidth == window.Width ? "" : " with its padding",
                    layer.InputOrigin,
                    Remedies.ForWindow(layer)),
                "kernelSize");
            return null;
        }

        return layer.Input with { Dimensions = [window.OutputWidth, filters] };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var geometry = new ConvolutionGeometry(
            Window(layer.Declaration, layer.Input), layer.Input.Columns, layer.Output.Columns, layer.Declaration.Int("Groups", 1));
        int kernel = geometry.Window.KernelWidth;
        var shape = new TensorShape(geometry.Outputs, kernel, geometry.Channels / geometry.Groups);
        Value weight = WeightArguments.Weight(program, layer, shape, geometry.FanIn, geometry.FanOut);
        Value? bias = WeightArguments.Bias(program, layer, geometry.Outputs, geometry.FanIn, geometry.FanOut);
        Value result = program.Activation(layer);
        return geometry.Window.IsPixel && geometry.Groups == 1
            ? program.Add(new LinearOperation(layer, input, weight, bias, result))
            : program.Add(new ConvolutionOperation(layer, input, weight, bias, geometry, result));
    }

    private static SlidingWindow Window(LayerDeclaration declaration, TensorShape input)
    {
        int padding = declaration.Int("PaddingSize");
        var window = new SlidingWindow(1, input.Dimensions[0], 1, declaration.Int("kernelSize"))
        {
            StrideWidth = declaration.Int("Stride", 1),
            DilationWidth = declaration.Int("Dilation", 1),
            PaddingLeft = padding,
            PaddingRight = padding,
        };
        if (declaration.Bool("Causal"))
        {
            return window with { PaddingLeft = (int)Math.Min(window.ReachWidth - 1, int.MaxValue), PaddingRight = 0 };
        }

        return declaration.Int("Padding") == Same ? window.WithSamePadding() : window;
    }

    private static bool CheckPadding(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        int padding = declaration.Int("PaddingSize");
        long reach = Window(declaration, new TensorShape(1, 1)).ReachWidth;
        bool isSame = declaration.Int("Padding") == Same;
        bool isCausal = declaration.Bool("Causal");
        if (padding < 0 || padding >= reach)
        {
            layer.Report(PaddingOutOfRange.Message(declaration.Kind, reach, padding), "PaddingSize");
            return false;
        }

        if (isCausal && isSame)
        {
            layer.Report(PaddingGivenTwice.Message(declaration.Kind, "Causal = true", "Padding.Same"), "Padding");
            return false;
        }

        if (padding > 0 && (isSame || isCausal))
        {
            layer.Report(
                PaddingGivenTwice.Message(declaration.Kind, isSame ? "Padding.Same" : "Causal = true", padding),
                "PaddingSize");
            return false;
        }

        return true;
    }
}
