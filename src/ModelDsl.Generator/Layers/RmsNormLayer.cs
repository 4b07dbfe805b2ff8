namespace ModelDsl.Generator.Layers;

/// <summary>x / √(mean(x²) + epsilon) over the features, with a weight.</summary>
internal sealed class RmsNormLayer : NormalizationLayer
{
    public override string AttributeType => typeof(RmsNormAttribute).FullName;

    protected override bool HasBias(BoundLayer layer) => false;
}
