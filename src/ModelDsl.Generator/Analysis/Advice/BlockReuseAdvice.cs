namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Copies of a block that has no parameters to tell them apart.</summary>
internal sealed class BlockReuseAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        HashSet<int>? withParameters = null;
        foreach (BoundLayer layer in model.AllLayers.Where(layer => layer.Blocks.Count > 1))
        {
            withParameters ??= [.. model.Lowered.Layout.Parameters.Select(parameter => parameter.Layer.Ordinal)];
            foreach (IGrouping<string, BoundBlock> uses in layer.Blocks.GroupBy(block => block.Name))
            {
                if (uses.Count() > 1 && uses.First().Layers.Count > 0 && !uses.SelectMany(Ordinals).Any(withParameters.Contains))
                {
                    string advice = layer.Has(LayerTraits.Chain)
                        ? "write it once, unless it is meant to be applied again and again"
                        : "use it once and scale the result";
                    yield return new ShapeIssue(
                        BlockWithoutParameters.Message(uses.Key, layer.Declaration.Text, advice), layer.Place);
                }
            }
        }
    }

    private static IEnumerable<int> Ordinals(BoundBlock block) =>
        block.Layers.SelectMany(layer => layer.Blocks.SelectMany(Ordinals).Prepend(layer.Ordinal));
}
