using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.Advice;

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
