using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>
/// Softmax, or its logarithm, before cross-entropy over classes, sigmoid before binary cross-entropy.
/// </summary>
internal sealed class LossActivationAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model) => model.AdviseEnds(Check);

    private static ShapeIssue? Check(BoundLayer before, BoundLayer loss)
    {
        if (loss.Definition is LossLayer { AppliedActivation: { } activation } definition
            && (before.Declaration.Kind == activation || before.Declaration.Kind == definition.RedundantActivation))
        {
            string effect = before.Declaration.Kind == activation ? "flattens the gradients" : "changes nothing";
            return new ShapeIssue(
                LossAppliesActivation.Message(
                    loss.Declaration.Kind, activation.ToLowerInvariant(), effect, before.Declaration.Text),
                before.Place,
                Origin: loss.Place);
        }

        return null;
    }
}

/// <summary>Dropout of the outputs themselves.</summary>
internal sealed class DropoutBeforeLossAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model) => model.AdviseEnds((before, loss) =>
        before.Has(LayerTraits.Dropout)
            ? new ShapeIssue(
                DropoutBeforeLoss.Message(before.Declaration.Text, loss.Declaration.Text),
                before.Place,
                Origin: loss.Place)
            : null);
}
