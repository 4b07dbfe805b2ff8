using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Softmax, or its logarithm, before cross-entropy over classes, sigmoid before binary cross-entropy.</summary>
internal sealed class LossActivationAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        IReadOnlyList<BoundLayer> chain = model.Chains.First();
        BoundLayer loss = chain[chain.Count - 1];
        BoundLayer before = chain.Reverse().Skip(1).First(layer => !layer.Has(LayerTraits.View));
        if (loss.Definition is LossLayer { AppliedActivation: { } activation } definition
            && (before.Declaration.Kind == activation || before.Declaration.Kind == definition.RedundantActivation))
        {
            string effect = before.Declaration.Kind == activation ? "flattens the gradients" : "changes nothing";
            yield return new ShapeIssue(
                LossAppliesActivation.Rule,
                before.Index,
                null,
                [loss.Declaration.Kind, activation.ToLowerInvariant(), effect, before.Declaration.Text],
                loss.Index);
        }
    }
}
