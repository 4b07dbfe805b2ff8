namespace ModelDsl.Generator.Layers;

/// <summary>Squares of small differences, a line for large ones.</summary>
internal sealed class HuberLayer : LossLayer
{
    public override string Kind => "Huber";

    protected override bool Check(LayerContext layer) =>
        LossArguments.CheckPositive(
            layer, nameof(HuberAttribute.Delta), layer.Arguments<HuberAttribute>().Delta, "a delta");

    protected override IEnumerable<Argument> Options(BoundLayer layer) =>
        [Argument.Named("delta", layer.Arguments<HuberAttribute>().Delta)];
}
