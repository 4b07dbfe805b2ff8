using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>A convolution along the steps of a sequence: one of an image that is one pixel high.</summary>
internal sealed class Conv1DLayer : LayerDefinition
{
    public override string AttributeType => typeof(Conv1DAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Linear;

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var arguments = layer.Arguments<Conv1DAttribute>();
        int filters = arguments.Filters;
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Filters), "number of filters", filters)
            || !WindowArguments.CheckSize(layer, nameof(arguments.KernelSize), "window width", arguments.KernelSize)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Stride), "stride", arguments.Stride)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Dilation), "dilation", arguments.Dilation)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Groups), "number of groups", arguments.Groups)
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
            WindowArguments.ReportTooLong(layer, window, nameof(arguments.KernelSize));
            return null;
        }

        return layer.Input with { Dimensions = [window.OutputWidth, filters] };
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var geometry = new ConvolutionGeometry(
            Window(layer.Declaration, layer.Input) with { Method = program.Convolution },
            layer.Input.Columns,
            layer.Output.Columns,
            layer.Arguments<Conv1DAttribute>().Groups);
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
        var arguments = declaration.Read<Conv1DAttribute>();
        int padding = arguments.PaddingSize;
        var window = new SlidingWindow(1, input.Dimensions[0], 1, arguments.KernelSize)
        {
            StrideWidth = arguments.Stride,
            DilationWidth = arguments.Dilation,
            PaddingLeft = padding,
            PaddingRight = padding,
        };
        if (arguments.Causal)
        {
            return window with { PaddingLeft = (int)Math.Min(window.ReachWidth - 1, int.MaxValue), PaddingRight = 0 };
        }

        return arguments.Padding == Padding.Same ? window.WithSamePadding() : window;
    }

    private static bool CheckPadding(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var arguments = layer.Arguments<Conv1DAttribute>();
        int padding = arguments.PaddingSize;
        long reach = Window(declaration, new TensorShape(1, 1)).ReachWidth;
        bool isSame = arguments.Padding == Padding.Same;
        bool isCausal = arguments.Causal;
        if (padding < 0 || padding >= reach)
        {
            layer.Report(PaddingOutOfRange.Message(declaration.Kind, reach, padding), nameof(arguments.PaddingSize));
            return false;
        }

        if (isCausal && isSame)
        {
            layer.Report(
                PaddingGivenTwice.Message(declaration.Kind, "Causal = true", "Padding.Same"),
                nameof(arguments.Padding));
            return false;
        }

        if (padding > 0 && (isSame || isCausal))
        {
            layer.Report(
                PaddingGivenTwice.Message(declaration.Kind, isSame ? "Padding.Same" : "Causal = true", padding),
                nameof(arguments.PaddingSize));
            return false;
        }

        return true;
    }
}
