using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Dropout of the outputs themselves.</summary>
internal sealed class DropoutBeforeLossAdvice : IAdvice
{
    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        IReadOnlyList<BoundLayer> chain = model.Chains.First();
        BoundLayer loss = chain[chain.Count - 1];
        BoundLayer before = chain.Reverse().Skip(1).First(layer => !layer.Has(LayerTraits.View));
        if (before.Has(LayerTraits.Dropout))
        {
            yield return new ShapeIssue(
                DropoutBeforeLoss.Rule, before.Index, null, [before.Declaration.Text, loss.Declaration.Text], loss.Index);
        }
    }
}
