namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Sigmoids in a row, with nothing between them that lets more of the gradient through.</summary>
internal sealed class SigmoidChainAdvice : IAdvice
{
    private const int LongestByDefault = 2;

    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        int longest = model.Settings.LongestSigmoidChain ?? LongestByDefault;
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? first = null;
            int count = 0;
            foreach (BoundLayer layer in chain)
            {
                if (layer.Has(LayerTraits.Sigmoidal))
                {
                    first ??= layer;
                    count++;
                    if (count == longest + 1)
                    {
                        string bound = NumberText.Grouped(1L << Math.Min(2 * count, 60));
                        yield return new ShapeIssue(
                            SigmoidChain.Message(layer.Declaration.Text, count, bound),
                            layer.Place,
                            Origin: first.Place);
                    }
                }
                else if (!layer.Has(LayerTraits.Linear) && !layer.Has(LayerTraits.View) && !layer.Has(LayerTraits.Dropout))
                {
                    first = null;
                    count = 0;
                }
            }
        }
    }
}
