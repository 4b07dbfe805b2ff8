namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceBinaryCrossEntropy : IReferenceLoss<BinaryCrossEntropyAttribute>
{
    /// <summary>-(t·log σ(y) + (1 - t)·log(1 - σ(y))) = log(1 + exp(y)) - t·y.</summary>
    public double Evaluate(double[] outputs, Batch batch) =>
        outputs.Zip(batch.Values!, (y, t) => Math.Log(1 + Math.Exp(y)) - (t * y)).Average();
}
