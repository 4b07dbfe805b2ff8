namespace ModelDsl.Generator.Layers;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class TanhLayer : ActivationLayer
{
    public override string AttributeType => typeof(TanhAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Tanh") { DerivativeUsesOutput = true };
}
