namespace ModelDsl.Generator.Layers;

/// <summary>Keeps an embedding nearer to one that is like it than to one that is not.</summary>
internal sealed class TripletLayer : EmbeddingLossLayer
{
    public override string Kind => "Triplet";

    public override TargetKinds TargetsOf(BoundLayer layer) => TargetKinds.None;

    protected override int Count => 3;

    protected override float Margin(LayerDeclaration declaration) => declaration.Read<TripletAttribute>().Margin;

    protected override string Group => "the embeddings of an anchor, a positive and a negative";
}
