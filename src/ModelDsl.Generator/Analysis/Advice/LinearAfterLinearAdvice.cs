namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Two linear maps with nothing but views and dropout between them.</summary>
internal sealed class LinearAfterLinearAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? previous = null;
            foreach (BoundLayer layer in chain)
            {
                if (layer.Has(LayerTraits.Linear))
                {
                    if (previous is not null
                        && !IsFactor(previous)
                        && !IsFactor(layer)
                        && !previous.IsFrozen
                        && !layer.IsFrozen
                        && !IsNarrow(previous, layer))
                    {
                        yield return new ShapeIssue(
                            ActivationMissing.Message(
                                layer.Declaration.Text, previous.Declaration.Text, previous.Input, layer.Output),
                            layer.Place,
                            Origin: previous.Place);
                    }

                    previous = layer;
                }
                else if (!layer.Has(LayerTraits.View) && !layer.Has(LayerTraits.Dropout))
                {
                    previous = null;
                }
            }
        }
    }

    // Fewer features between than at both ends are a factorisation of low rank, or a linear autoencoder.
    private static bool IsNarrow(BoundLayer first, BoundLayer second)
    {
        bool keepsRows = first.Output == second.Input;
        return keepsRows
            ? first.Output.Columns < Math.Min(first.Input.Columns, second.Output.Columns)
            : first.Output.Count < Math.Min(first.Input.Count, second.Output.Count);
    }

    // A convolution by channel and one that mixes them are one convolution, factored to save parameters.
    private static bool IsFactor(BoundLayer layer) =>
        layer.Declaration.Attribute is DepthwiseConv2DAttribute or IGroupArguments { Groups: > 1 };
}
