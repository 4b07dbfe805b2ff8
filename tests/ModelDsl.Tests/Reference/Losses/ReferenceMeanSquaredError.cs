namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceMeanSquaredError : IReferenceLoss<MeanSquaredErrorAttribute>
{
    public double Evaluate(double[] outputs, Batch batch) =>
        outputs.Zip(batch.Values!, (y, t) => (y - t) * (y - t)).Average();
}
