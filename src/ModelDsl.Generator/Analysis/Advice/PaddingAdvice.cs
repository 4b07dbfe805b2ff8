using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Recurrent layers on sequences that are filled up with padding.</summary>
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

                // Read backwards, the padding at the end comes first, and the sequence has the last word.
                if (layer.Declaration.Attribute is not RecurrentAttribute { GoBackwards: false } recurrent)
                {
                    continue;
                }

                // What comes before the padding does not know of it, and who skips the padding sees nothing else.
                bool isLast = !recurrent.ReturnSequences;
                if (!isLast && i < lastThatSkips)
                {
                    continue;
                }

                // A loss of values ignores none of them.
                bool isOfLabels = layers[layers.Count - 1].Declaration.Attribute is SoftmaxCrossEntropyAttribute;
                string ofLabels = isOfLabels ? "set IgnoredLabel of the loss, or " : "";
                (string effect, string remedy) = isLast
                    ? (
                        "so that its last output is that of a padded step",
                        "fill up at the beginning of the sequence, or return sequences and add [GlobalAveragePool]")
                    : ("so that the loss counts the padded steps too", ofLabels + "add [GlobalAveragePool]");
                yield return new ShapeIssue(
                    RecurrentReadsPadding.Message(layer.Declaration.Text, padded.Declaration.Text, effect, remedy),
                    layer.Place,
                    Origin: padded.Place);
            }
        }
    }

    private static bool Skips(BoundLayer layer) =>
        layer.Declaration.Attribute is GlobalAveragePoolAttribute
        || layer.Declaration.Has(nameof(SoftmaxCrossEntropyAttribute.IgnoredLabel));
}
