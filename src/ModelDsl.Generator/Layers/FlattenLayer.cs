namespace ModelDsl.Generator.Layers;

/// <summary>One dimension of all.</summary>
internal sealed class FlattenLayer : LayerDefinition
{
    public override string AttributeType => typeof(FlattenAttribute).FullName;

    public override bool TakesParametersAlone => true;

    public override LayerTraits Traits => LayerTraits.View;

    public override TensorShape? InferShape(LayerContext layer) => new TensorShape(layer.Input.Count);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.View(layer, input);
}
