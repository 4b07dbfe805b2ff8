namespace ModelDsl.Generator.Layers;

/// <summary>x·tanh(softplus(x)).</summary>
internal sealed class MishLayer : ActivationLayer
{
    public override string AttributeType => typeof(MishAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Mish");
}
