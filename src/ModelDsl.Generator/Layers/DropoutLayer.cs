namespace ModelDsl.Generator.Layers;

/// <summary>Zeroes elements at random in training; nothing at inference.</summary>
internal sealed class DropoutLayer : LayerDefinition
{
    public override string AttributeType => typeof(DropoutAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Dropout;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float rate = layer.Arguments<DropoutAttribute>().Rate;
        if (!(rate >= 0f && rate <= 1f))
        {
            layer.Report(
                RateOutOfRange.Message("Dropout", "rate", RateOutOfRange.Closed, rate), nameof(DropoutAttribute.Rate));
            return null;
        }

        return layer.Input;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        float rate = layer.Arguments<DropoutAttribute>().Rate;
        return program.IsTraining && rate > 0f
            ? program.Add(new DropoutOperation(layer, input, rate, program.Activation(layer)))
            : input;
    }
}
