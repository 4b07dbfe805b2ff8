namespace ModelDsl.Generator.Layers;

/// <summary>exp(x) / Σ exp(x) over the last dimension.</summary>
internal sealed class SoftmaxLayer : LayerDefinition
{
    public override string AttributeType => typeof(SoftmaxAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating | LayerTraits.Normalising;

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new SoftmaxOperation(layer, input, program.Activation(layer)));
}
