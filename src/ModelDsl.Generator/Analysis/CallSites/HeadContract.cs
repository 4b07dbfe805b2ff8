using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What one loss asks of targets.</summary>
/// <param name="Loss">The kind of the loss.</param>
/// <param name="Outputs">The number of the outputs of one sample.</param>
/// <param name="Rows">The number of labels of one sample: one, or one for each step.</param>
/// <param name="Classes">The number of classes, where targets may be labels.</param>
/// <param name="Targets">What may be given in a batch.</param>
/// <param name="DatasetTargets">What a data set may hold.</param>
/// <param name="IgnoredLabel">The label of what takes no part.</param>
internal sealed record HeadContract(
    string Loss, int Outputs, int Rows, int Classes, TargetKinds Targets, TargetKinds DatasetTargets, int? IgnoredLabel)
{
    /// <summary>Whether targets may be labels.</summary>
    public bool TakesLabels => (Targets & TargetKinds.Labels) != 0;

    public static HeadContract Of(BoundLayer layer, (int Rows, int Columns) items)
    {
        var loss = (LossLayer)layer.Definition;
        return new HeadContract(
            layer.Declaration.Kind,
            layer.Input.Count,
            items.Rows,
            loss.ClassesOf(layer.Input.Count / items.Rows),
            loss.TargetsOf(layer.Input.Count),
            loss.DatasetTargetsOf(layer.Input.Count),
            loss.IgnoredLabelOf(layer));
    }
}
