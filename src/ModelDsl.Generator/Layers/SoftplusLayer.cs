namespace ModelDsl.Generator.Layers;

/// <summary>log(1 + exp(x)).</summary>
internal sealed class SoftplusLayer : ActivationLayer
{
    public override string AttributeType => typeof(SoftplusAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("Softplus");
}
