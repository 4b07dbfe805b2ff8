namespace ModelDsl.Generator.Layers;

/// <summary>The margin loss, of one output or of one output for each class.</summary>
internal sealed class HingeLayer : LossLayer
{
    public override string Kind => "Hinge";

    // A single output's margin also takes the values -1 and 1.
    public override TargetKinds TargetsOf(BoundLayer layer) =>
        layer.Input.Count == 1 ? TargetKinds.Labels | TargetKinds.Values : TargetKinds.Labels;

    protected override bool Check(LayerContext layer)
    {
        if (layer.Input.IsVector)
        {
            return true;
        }

        layer.Report(LossNeedsVector.Message(Kind, layer.Input, layer.InputOrigin, Remedies.ForScores(layer)));
        return false;
    }
}
