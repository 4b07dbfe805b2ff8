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
            || !SideOf(arguments).CheckSizes(layer, isDisjoint: false)
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
        WindowSide side = SideOf(arguments);
        var window = new SlidingWindow(1, input.Dimensions[0], 1, arguments.KernelSize)
        {
            StrideWidth = arguments.Stride,
            DilationWidth = arguments.Dilation,
            PaddingLeft = side.Padding.Value,
            PaddingRight = side.PaddingBehind.Value,
        };
        if (arguments.Causal)
        {
            return window with { PaddingLeft = (int)Math.Min(window.ReachWidth - 1, int.MaxValue), PaddingRight = 0 };
        }

        return arguments.Padding == Padding.Same ? window.WithSamePadding() : window;
    }

    private static WindowSide SideOf(Conv1DAttribute arguments) => WindowSide.Of(
        "width",
        new GivenNumber(nameof(arguments.KernelSize), arguments.KernelSize),
        new GivenNumber(nameof(arguments.Stride), arguments.Stride),
        new GivenNumber(nameof(arguments.Dilation), arguments.Dilation),
        new GivenNumber(nameof(arguments.PaddingSize), arguments.PaddingSize),
        new GivenNumber(nameof(arguments.PaddingLeft), arguments.PaddingLeft),
        new GivenNumber(nameof(arguments.PaddingRight), arguments.PaddingRight));

    private static bool CheckPadding(LayerContext layer)
    {
        const string Causal = "Causal = true";
        string kind = layer.Declaration.Kind;
        var arguments = layer.Arguments<Conv1DAttribute>();
        WindowSide side = SideOf(arguments);
        if (!side.CheckPadding(layer, arguments.Padding))
        {
            return false;
        }

        if (!arguments.Causal)
        {
            return true;
        }

        if (arguments.Padding == Padding.Same)
        {
            layer.Report(
                PaddingGivenTwice.Message(kind, Causal, "Padding.Same"), nameof(arguments.Padding));
            return false;
        }

        if ((side.Padding.Value > 0 ? side.Padding : side.PaddingBehind) is { Value: > 0 } given)
        {
            layer.Report(PaddingGivenTwice.Message(kind, Causal, given.Value), given.Argument);
            return false;
        }

        return true;
    }
}
