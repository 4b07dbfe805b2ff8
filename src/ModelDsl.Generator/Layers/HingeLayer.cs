using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The margin loss, of one output or of one output for each class.</summary>
internal sealed class HingeLayer : LossLayer
{
    public override string Kind => "Hinge";

    protected override bool Check(LayerContext layer)
    {
        if (layer.Input.IsVector)
        {
            return true;
        }

        layer.Report(LossNeedsVector.Rule, null, Kind, layer.Input, layer.InputOrigin, Remedies.ForScores(layer));
        return false;
    }
}
