namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A layer that no attribute stands for: an expression in a method. Parameters alone may flow in.</summary>
internal abstract class PrimitiveLayer : LayerDefinition
{
    public sealed override bool TakesParametersAlone => true;
}
