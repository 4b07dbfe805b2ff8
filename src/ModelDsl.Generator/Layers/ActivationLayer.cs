namespace ModelDsl.Generator.Layers;

/// <summary>A function of each element on its own, which keeps the shape.</summary>
internal abstract class ActivationLayer : LayerDefinition
{
    /// <summary>The function, once its arguments are known to be valid.</summary>
    protected abstract ActivationFunction Function(LayerDeclaration declaration);

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.TakeStepsOf(
            input,
            program.Add(new ActivationOperation(layer, input, Function(layer.Declaration), program.Activation(layer))));
}
