namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>The initialiser of He before an activation that saturates.</summary>
internal sealed class InitializerAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? drawn = null;
            foreach (BoundLayer layer in chain)
            {
                if (drawn is not null && layer.Has(LayerTraits.Saturating))
                {
                    string initializer = $"{drawn.Arguments<IWeightArguments>().WeightInitializer}";
                    yield return new ShapeIssue(
                        HeBeforeSaturation.Message(
                            initializer, layer.Declaration.Text, initializer.Replace("He", "Glorot")),
                        drawn.Place,
                        nameof(IWeightArguments.WeightInitializer),
                        layer.Place);
                }

                bool passes = layer.Has(LayerTraits.View) || layer.Has(LayerTraits.Dropout);
                drawn = layer.Has(LayerTraits.Linear) && IsForRectifiers(layer)
                    ? layer
                    : passes ? drawn : null;
            }
        }
    }

    private static bool IsForRectifiers(BoundLayer layer) =>
        layer.Declaration.Attribute is IWeightArguments
        {
            WeightInitializer: Initializer.HeUniform or Initializer.HeNormal,
        };
}
