namespace ModelDsl.Generator.Layers;

/// <summary>Zeroes elements at random in training; nothing at inference.</summary>
/// <typeparam name="TAttribute">The attribute, which gives the rate.</typeparam>
internal abstract class RandomZerosLayer<TAttribute> : LayerDefinition
    where TAttribute : LayerAttribute, IRateArguments
{
    public override string AttributeType => typeof(TAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Dropout;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float rate = layer.Arguments<IRateArguments>().Rate;
        if (!(rate >= 0f && rate <= 1f))
        {
            layer.Report(
                RateOutOfRange.Message(layer.Declaration.Kind, "rate", RateOutOfRange.Closed, rate),
                nameof(IRateArguments.Rate));
            return null;
        }

        return Takes(layer) ? layer.Input : null;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        float rate = layer.Arguments<IRateArguments>().Rate;
        return program.IsTraining && rate > 0f
            ? program.TakeStepsOf(input, program.Add(Operation(layer, input, rate, program.Activation(layer))))
            : input;
    }

    /// <summary>Whether the layer takes its input; it reports where not.</summary>
    protected abstract bool Takes(LayerContext layer);

    protected abstract StageOperation Operation(BoundLayer layer, Value source, float rate, Value result);
}

/// <summary>Zeroes each element by itself.</summary>
internal sealed class DropoutLayer : RandomZerosLayer<DropoutAttribute>
{
    protected override bool Takes(LayerContext layer) => true;

    protected override StageOperation Operation(BoundLayer layer, Value source, float rate, Value result) =>
        new DropoutOperation(layer, source, rate, result);
}

/// <summary>Zeroes whole channels.</summary>
internal sealed class SpatialDropoutLayer : RandomZerosLayer<SpatialDropoutAttribute>
{
    protected override bool Takes(LayerContext layer) =>
        layer.Input is { IsSequence: true, IsTokens: false } || WindowArguments.CheckImage(layer);

    protected override StageOperation Operation(BoundLayer layer, Value source, float rate, Value result) =>
        new SpatialDropoutOperation(layer, source, rate, result);

    /// <summary>result = source · mask / (1 - rate), with one mask for all rows of a sample; the gradient's is the same.</summary>
    private sealed class SpatialDropoutOperation(BoundLayer layer, Value source, float rate, Value result)
        : StageOperation(layer, source, result)
    {
        public override bool IsRandom => true;

        public override string DescribeStage(NameOf name) => $"dropout of {NumberText.Of(rate)} of the channels";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
            {
                gradients.Add(new SpatialDropoutOperation(Layer, gradient, rate, gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage => new(
            "SpatialDropout", [rate, .. Argument.RandomOf(Layer), Argument.Named("rows", Source.Shape.Rows)])
        {
            NumberedRows = Source.Shape.Rows,
        };
    }
}
