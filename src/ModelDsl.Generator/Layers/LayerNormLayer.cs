namespace ModelDsl.Generator.Layers;

/// <summary>(x - mean) / √(variance + epsilon) over the features, with weight and bias.</summary>
internal sealed class LayerNormLayer : NormalizationLayer
{
    public override string AttributeType => typeof(LayerNormAttribute).FullName;

    protected override bool HasBias(BoundLayer layer) => layer.Arguments<LayerNormAttribute>().UseBias;
}
