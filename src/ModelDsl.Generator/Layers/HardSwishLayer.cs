namespace ModelDsl.Generator.Layers;

/// <summary>x·min(max(x + 3, 0), 6) / 6.</summary>
internal sealed class HardSwishLayer : ActivationLayer
{
    public override string AttributeType => typeof(HardSwishAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) => new("HardSwish");
}
