namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Trainable parameters that no gradient reaches, by the structure of the model or by how it starts.</summary>
internal sealed class GradientAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        if (model.IsForInference)
        {
            yield break;
        }

        var told = new HashSet<BoundLayer>();
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            for (int i = 0; i < chain.Count; i++)
            {
                BoundLayer layer = chain[i];
                if (!layer.Has(LayerTraits.Linear) || layer.IsFrozen || Following(chain, i) is not { } next)
                {
                    continue;
                }

                if (next.Has(LayerTraits.Normalising) && next.Output.Columns == 1)
                {
                    told.Add(layer);
                    yield return Issue(layer, next, $"the output of {next.Declaration.Quoted} over one element is constant");
                }
                else if (next.Has(LayerTraits.Rectifying) && StartsAtZero(layer.Declaration))
                {
                    told.Add(layer);
                    yield return Issue(layer, next, $"they start at zero, where {next.Declaration.Quoted} is flat");
                }
            }
        }

        var written = new HashSet<Value>(model.Backward.SelectMany(operation => operation.Writes));
        foreach (Parameter parameter in model.Lowered.Layout.Parameters)
        {
            if (parameter.IsTrainable && !written.Contains(parameter.Gradient) && told.Add(parameter.Layer))
            {
                yield return Issue(parameter.Layer, null, "the loss does not depend on them");
            }
        }
    }

    private static BoundLayer? Following(IReadOnlyList<BoundLayer> chain, int index)
    {
        for (int i = index + 1; i < chain.Count; i++)
        {
            if (!chain[i].Has(LayerTraits.View) && !chain[i].Has(LayerTraits.Dropout))
            {
                return chain[i];
            }
        }

        return null;
    }

    private static bool StartsAtZero(LayerDeclaration layer) =>
        layer.Attribute is IWeightArguments arguments
        && IsZero(arguments.WeightInitializer, arguments.WeightConstant)
        && (!arguments.UseBias || IsZero(arguments.BiasInitializer, arguments.BiasConstant));

    private static bool IsZero(Initializer initializer, double constant) =>
        initializer == Initializer.Zeros || (initializer == Initializer.Constant && (float)constant == 0f);

    private static ShapeIssue Issue(BoundLayer layer, BoundLayer? origin, string reason) =>
        new(GradientCannotReach.Message(layer.Declaration.Text, reason), layer.Place, Origin: origin?.Place);
}
