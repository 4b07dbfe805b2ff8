namespace ModelDsl.Generator.Layers;

/// <summary>1 / (1 + exp(-x)).</summary>
internal sealed class SigmoidLayer : ActivationLayer
{
    public override string AttributeType => typeof(SigmoidAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating | LayerTraits.Sigmoidal;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Sigmoid") { DerivativeUsesOutput = true };
}
