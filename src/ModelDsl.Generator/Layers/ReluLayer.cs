namespace ModelDsl.Generator.Layers;

/// <summary>max(x, 0).</summary>
internal sealed class ReluLayer : ActivationLayer
{
    public override string AttributeType => typeof(ReluAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Rectifying;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Relu") { DerivativeUsesOutput = true, VanishesWithOutput = true };
}
