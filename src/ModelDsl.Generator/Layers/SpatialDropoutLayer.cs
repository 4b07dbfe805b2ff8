namespace ModelDsl.Generator.Layers;

/// <summary>Zeroes whole channels at random in training; nothing at inference.</summary>
internal sealed class SpatialDropoutLayer : LayerDefinition
{
    public override string AttributeType => typeof(SpatialDropoutAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Dropout;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float rate = layer.Arguments<SpatialDropoutAttribute>().Rate;
        if (!(rate >= 0f && rate <= 1f))
        {
            layer.Report(
                RateOutOfRange.Message(layer.Declaration.Kind, "rate", RateOutOfRange.Closed, rate),
                nameof(SpatialDropoutAttribute.Rate));
            return null;
        }

        return layer.Input is { IsSequence: true, IsTokens: false } || WindowArguments.CheckImage(layer) ? layer.Input : null;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        float rate = layer.Arguments<SpatialDropoutAttribute>().Rate;
        return program.IsTraining && rate > 0f
            ? program.Add(new SpatialDropoutOperation(layer, input, rate, program.Activation(layer)))
            : input;
    }

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

        public override KernelObject Stage => new("SpatialDropout", [rate, .. Argument.RandomOf(Layer), Argument.Named("rows", Source.Shape.Rows)]);
    }
}
