namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceBinaryCrossEntropy(BinaryCrossEntropyAttribute attribute)
    : IReferenceLoss<BinaryCrossEntropyAttribute>
{
    /// <summary>-(p·t·log σ(y) + (1 - t)·log(1 - σ(y))), with log σ(y) = -log(1 + exp(-y)).</summary>
    public double Evaluate(double[] outputs, Batch batch) => outputs.Zip(batch.Values!, (y, t) => (y, t))
        .Select((pair, i) =>
            (PositiveWeight(i) * pair.t * Softplus(-pair.y)) + ((1 - pair.t) * Softplus(pair.y)))
        .Average();

    // log(1 + exp(x)), where exp(x) may be more than a number holds.
    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private double PositiveWeight(int i) =>
        attribute.PositiveWeights.Length == 0 ? 1 : attribute.PositiveWeights[i % attribute.PositiveWeights.Length];
}
