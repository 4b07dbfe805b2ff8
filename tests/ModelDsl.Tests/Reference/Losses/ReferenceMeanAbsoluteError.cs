namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceMeanAbsoluteError : IReferenceLoss<MeanAbsoluteErrorAttribute>
{
    public double Evaluate(double[] outputs, Batch batch) =>
        outputs.Zip(batch.Values!, (y, t) => Math.Abs(y - t)).Average();
}
