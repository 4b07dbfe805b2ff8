namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>A bias that the normalisation behind it subtracts again.</summary>
internal sealed class BiasAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            for (int i = 0; i + 1 < chain.Count; i++)
            {
                BoundLayer layer = chain[i];
                BoundLayer next = chain[i + 1];
                if (layer.Has(LayerTraits.Linear)
                    && layer.Declaration.Attribute is IBiasArguments { UseBias: true }
                    && next.Has(LayerTraits.Centring)
                    && !next.IsFrozen)
                {
                    yield return new ShapeIssue(
                        BiasBeforeBatchNorm.Message(layer.Declaration.Text, next.Declaration.Text),
                        layer.Place,
                        Origin: next.Place);
                }
            }
        }
    }
}
