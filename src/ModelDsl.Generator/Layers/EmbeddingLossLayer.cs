namespace ModelDsl.Generator.Layers;

/// <summary>A loss of the distances between a few embeddings, which a sample consists of.</summary>
internal abstract class EmbeddingLossLayer : LossLayer
{
    /// <summary>The number of embeddings.</summary>
    protected abstract int Count { get; }

    /// <summary>How far apart embeddings that are not alike should be.</summary>
    protected abstract float Margin(LayerDeclaration declaration);

    /// <summary>What they are.</summary>
    protected abstract string Group { get; }

    protected sealed override bool Check(LayerContext layer)
    {
        if (layer.Input.IsTokens || layer.Input.Rank != 2 || layer.Input.Dimensions[0] != Count)
        {
            layer.Report(EmbeddingsExpected.Message(Kind, Group, Count, layer.Input, layer.InputOrigin));
            return false;
        }

        return LossArguments.CheckPositive(
            layer, nameof(TripletAttribute.Margin), Margin(layer.Declaration), "a margin");
    }

    public sealed override (int Rows, int Columns) Items(TensorShape output) => (1, output.Columns);

    protected sealed override IEnumerable<Argument> Options(BoundLayer layer) =>
        [Argument.Named("margin", Margin(layer.Declaration))];
}
