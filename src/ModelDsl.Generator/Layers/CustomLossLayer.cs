namespace ModelDsl.Generator.Layers;

/// <summary>A loss of each element that the user's own struct computes.</summary>
internal sealed class CustomLossLayer : LossLayer
{
    public override string Kind => "Custom";

    public override string AttributeType => $"{typeof(LossAttribute).FullName}`1";

    protected override bool Check(LayerContext layer) => layer.CheckTypeCanBeNamed();

    protected override string? AuthorType(BoundLayer layer) => layer.Declaration.TypeArguments[0].FullName;
}
