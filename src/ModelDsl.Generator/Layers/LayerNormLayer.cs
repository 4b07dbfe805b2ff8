using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>(x - mean) / √(variance + epsilon) over the features, with weight and bias.</summary>
internal sealed class LayerNormLayer : NormalizationLayer
{
    public override string AttributeType => "ModelDsl.LayerNormAttribute";

    protected override bool HasBias(BoundLayer layer) => layer.Declaration.Bool("UseBias", true);
}
