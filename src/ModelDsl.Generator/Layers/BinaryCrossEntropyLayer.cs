namespace ModelDsl.Generator.Layers;

/// <summary>Cross-entropy of the sigmoid of each logit.</summary>
internal sealed class BinaryCrossEntropyLayer : LossLayer
{
    private const string PositiveWeights = nameof(BinaryCrossEntropyAttribute.PositiveWeights);

    public override string Kind => "BinaryCrossEntropy";

    public override string? AppliedActivation => "Sigmoid";

    // A sigmoid's two classes are the values 0 and 1: the trainer turns labels into them.
    public override TargetKinds DatasetTargetsOf(BoundLayer layer) =>
        layer.Input.Count == 1 ? TargetKinds.Labels | TargetKinds.Values : TargetKinds.Values;

    protected override bool Check(LayerContext layer)
    {
        float[] weights = layer.Arguments<BinaryCrossEntropyAttribute>().PositiveWeights;
        int count = weights.Length == 1 ? 1 : Items(layer.Input).Columns;
        return LossArguments.CheckFactors(layer, PositiveWeights, weights, count, "output");
    }

    protected override IEnumerable<(string Argument, float[] Numbers)> Lists(BoundLayer layer) =>
        [(PositiveWeights, layer.Arguments<BinaryCrossEntropyAttribute>().PositiveWeights)];
}
