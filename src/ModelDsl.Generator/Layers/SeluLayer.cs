namespace ModelDsl.Generator.Layers;

/// <summary>scale·x where x is positive, scale·alpha·(exp(x) - 1) elsewhere.</summary>
internal sealed class SeluLayer : ActivationLayer
{
    public override string AttributeType => typeof(SeluAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Selu") { DerivativeUsesOutput = true };
}
