using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Recurrent layers whose outputs at the steps of padding reach the loss.</summary>
internal sealed class PaddingAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? padded = chain.FirstOrDefault(
                layer => layer.Definition is InputLayer && InputLayer.PaddingOf(layer.Declaration) is not null);
            if (padded is null)
            {
                continue;
            }

            List<BoundLayer> layers = [.. chain.SelectMany(layer => layer.Blocks.SelectMany(block => block.Layers).Prepend(layer))];
            int lastThatSkips = layers.FindLastIndex(Skips);
            for (int i = 0; i < layers.Count; i++)
            {
                BoundLayer layer = layers[i];

                // The layer itself leaves padding out; its outputs there are the state before, which the loss counts.
                if (layer.Declaration.Attribute is not RecurrentAttribute || i <= lastThatSkips)
                {
                    continue;
                }

                bool isOfLabels = layers[layers.Count - 1].Declaration.Attribute is SoftmaxCrossEntropyAttribute;
                string ofLabels = isOfLabels ? "set IgnoredLabel of the loss, or " : "";
                yield return new ShapeIssue(
                    LossCountsPadding.Message(
                        layer.Declaration.Text, padded.Declaration.Text, ofLabels + "add [GlobalAveragePool]"),
                    layer.Place,
                    Origin: padded.Place);
            }
        }
    }

    private static bool Skips(BoundLayer layer) =>
        layer.Declaration.Attribute is GlobalAveragePoolAttribute or RecurrentAttribute { ReturnSequences: false }
        || layer.Declaration.Has(nameof(SoftmaxCrossEntropyAttribute.IgnoredLabel));
}
