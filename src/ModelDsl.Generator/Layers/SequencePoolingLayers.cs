using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>One step of each window of a sequence's steps: an image that is one pixel high.</summary>
internal abstract class SequencePoolingLayer : LayerDefinition
{
    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!layer.Input.IsSequence || layer.Input.IsTokens)
        {
            layer.Report(LayerNeedsSequence.Message(
                layer.Declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
            return null;
        }

        var arguments = layer.Arguments<SequencePoolingAttribute>();
        WindowSide side = SideOf(arguments);
        if (!side.CheckSizes(layer, isDisjoint: true) || !side.CheckPadding(layer, arguments.Padding))
        {
            return null;
        }

        SlidingWindow window = Window(arguments, layer.Input);
        if (window.OutputWidth < 1)
        {
            WindowArguments.ReportTooLong(layer, window, nameof(arguments.Size));
            return null;
        }

        return PoolingShape.CheckWindows(layer, window, nameof(SequencePoolingAttribute.Dilation))
            ? layer.Input with { Dimensions = [window.OutputWidth, layer.Input.Columns] }
            : null;
    }

    /// <summary>The windows over the steps.</summary>
    protected static PoolingGeometry Geometry(BoundLayer layer) =>
        new(Window(layer.Arguments<SequencePoolingAttribute>(), layer.Input), Images: 1, layer.Input.Columns);

    private static SlidingWindow Window(SequencePoolingAttribute arguments, TensorShape input)
    {
        WindowSide side = SideOf(arguments);
        var window = new SlidingWindow(1, input.Dimensions[0], 1, arguments.Size)
        {
            StrideWidth = side.StrideOr(isDisjoint: true),
            DilationWidth = side.Dilation.Value,
            PaddingLeft = side.Padding.Value,
            PaddingRight = side.PaddingBehind.Value,
            CeilMode = arguments.CeilMode,
        };
        return arguments.Padding == Padding.Same ? window.WithSamePadding() : window;
    }

    private static WindowSide SideOf(SequencePoolingAttribute arguments) => WindowSide.Of(
        "width",
        new GivenNumber(nameof(arguments.Size), arguments.Size),
        new GivenNumber(nameof(arguments.Stride), arguments.Stride),
        new GivenNumber(nameof(arguments.Dilation), arguments.Dilation),
        new GivenNumber(nameof(arguments.PaddingSize), arguments.PaddingSize),
        new GivenNumber(nameof(arguments.PaddingLeft), arguments.PaddingLeft),
        new GivenNumber(nameof(arguments.PaddingRight), arguments.PaddingRight));
}

/// <summary>The largest value of each window, feature by feature.</summary>
internal sealed class MaxPool1DLayer : SequencePoolingLayer
{
    public override string AttributeType => typeof(MaxPool1DAttribute).FullName;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value? origins = program.IsTraining
            ? program.Activation(layer, "origins", layer.Output with { IsSequence = false })
            : null;
        return program.Add(new MaxPool(layer, input, program.Activation(layer), origins, Geometry(layer)));
    }
}

/// <summary>The mean of each window, feature by feature.</summary>
internal sealed class AvgPool1DLayer : SequencePoolingLayer
{
    public override string AttributeType => typeof(AvgPool1DAttribute).FullName;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AveragePool(
            layer, input, Geometry(layer), layer.Arguments<AvgPool1DAttribute>().CountIncludePadding,
            program.Activation(layer)));
}
