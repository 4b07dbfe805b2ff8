namespace ModelDsl.Generator.Layers;

/// <summary>The margin loss of each output by itself.</summary>
internal sealed class ElementwiseHingeLayer : LossLayer
{
    public override string Kind => "ElementwiseHinge";

    protected override IEnumerable<Argument> Options(BoundLayer layer) =>
        [Argument.Named("squared", layer.Arguments<ElementwiseHingeAttribute>().Squared)];
}
