using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>Cross-entropy of the sigmoid of each logit.</summary>
internal sealed class BinaryCrossEntropyLayer : LossLayer
{
    public override string Kind => "BinaryCrossEntropy";

    public override string? AppliedActivation => "Sigmoid";

    // A sigmoid's two classes are the values 0 and 1: the trainer turns labels into them.
    public override TargetKinds DatasetTargetsOf(int outputs) =>
        outputs == 1 ? TargetKinds.Labels | TargetKinds.Values : TargetKinds.Values;

    protected override bool Check(LayerContext layer)
    {
        int weights = layer.Declaration.Floats("PositiveWeights").Count;
        return LossArguments.CheckFactors(layer, "PositiveWeights", weights == 1 ? 1 : Items(layer.Input).Columns, "output");
    }

    protected override IEnumerable<(string Option, string Argument)> Lists => [("positiveWeights", "PositiveWeights")];
}
