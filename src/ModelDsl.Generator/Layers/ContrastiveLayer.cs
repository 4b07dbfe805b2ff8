namespace ModelDsl.Generator.Layers;

/// <summary>Draws the embeddings of a pair together, or apart.</summary>
internal sealed class ContrastiveLayer : EmbeddingLossLayer
{
    public override string Kind => "Contrastive";

    // Alike, or not.
    public override TargetKinds TargetsOf(BoundLayer layer) => TargetKinds.Labels;

    public override int ClassesOf(int columns) => 2;

    protected override int Count => 2;

    protected override float Margin(LayerDeclaration declaration) => declaration.Read<ContrastiveAttribute>().Margin;

    protected override string Group => "the two embeddings of a pair";
}
