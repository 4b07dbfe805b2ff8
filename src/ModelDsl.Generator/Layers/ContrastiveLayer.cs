namespace ModelDsl.Generator.Layers;

/// <summary>Draws the embeddings of a pair together, or apart.</summary>
internal sealed class ContrastiveLayer : EmbeddingLossLayer
{
    public override string Kind => "Contrastive";

    protected override int Count => 2;

    protected override string Group => "the two embeddings of a pair";
}
