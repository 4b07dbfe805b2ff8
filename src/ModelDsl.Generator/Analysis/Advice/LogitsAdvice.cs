using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Activations that keep what a loss takes for logits, or for scores, from taking every value.</summary>
internal sealed class LogitsAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (IReadOnlyList<BoundLayer> chain in model.Chains)
        {
            BoundLayer? loss = chain.Count == 0 ? null : chain[chain.Count - 1];
            if (loss?.Definition is not LossLayer definition || (definition.AppliedActivation is null && definition is not HingeLayer))
            {
                continue;
            }

            BoundLayer? before = chain.Reverse().Skip(1)
                .FirstOrDefault(layer => !layer.Has(LayerTraits.View) && !layer.Has(LayerTraits.Dropout));
            if (before is not null
                && before.Declaration.Kind != definition.AppliedActivation
                && before.Declaration.Kind != definition.RedundantActivation
                && Range(before.Declaration) is { } range
                && !(definition is HingeLayer && before.Declaration.Attribute is TanhAttribute))
            {
                yield return new ShapeIssue(
                    LogitsAreLimited.Message(definition.Kind, before.Declaration.Text, range),
                    before.Place,
                    Origin: loss.Place);
            }
        }
    }

    // Those that reach below -1, such as Elu and LeakyRelu, limit a loss little.
    private static string? Range(LayerDeclaration activation) => activation.Attribute switch
    {
        ReluAttribute => "values from 0 up",
        SoftplusAttribute => "values above 0",
        GeluAttribute => "values from -0.17 up",
        SiluAttribute => "values from -0.28 up",
        MishAttribute => "values from -0.31 up",
        HardSwishAttribute => "values from -0.375 up",
        SigmoidAttribute or HardSigmoidAttribute or SoftmaxAttribute => "values between 0 and 1",
        TanhAttribute => "values between -1 and 1",
        ClipAttribute { Minimum: >= -1f } clip =>
            $"values between {NumberText.Of(clip.Minimum)} and {NumberText.Of(clip.Maximum)}",
        LogSoftmaxAttribute => "values up to 0",
        _ => null,
    };
}
