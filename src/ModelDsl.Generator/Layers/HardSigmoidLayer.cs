namespace ModelDsl.Generator.Layers;

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
internal sealed class HardSigmoidLayer : ActivationLayer
{
    public override string AttributeType => typeof(HardSigmoidAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating | LayerTraits.Sigmoidal;

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new("HardSigmoid") { DerivativeUsesOutput = true };
}
