namespace ModelDsl.Generator.Layers;

/// <summary>Cross-entropy of the sigmoid of each logit.</summary>
internal sealed class BinaryCrossEntropyLayer : LossLayer
{
    public override string Kind => "BinaryCrossEntropy";

    public override string? AppliedActivation => "Sigmoid";
}
