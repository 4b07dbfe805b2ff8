namespace ModelDsl.Generator.Layers;

/// <summary>x·sigmoid(x).</summary>
internal sealed class SiluLayer : ActivationLayer
{
    public override string AttributeType => typeof(SiluAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Silu");
}
