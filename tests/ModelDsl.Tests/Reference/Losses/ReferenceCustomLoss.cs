namespace ModelDsl.Tests.Reference.Losses;

/// <summary>log cosh(y - t), the one loss of their own that the test models have.</summary>
[ReferenceOf(typeof(LossAttribute<>))]
internal sealed class ReferenceCustomLoss : IReferenceLoss
{
    public double Evaluate(double[] outputs, Batch batch) =>
        outputs.Zip(batch.Values!, (y, t) => Math.Log(Math.Cosh(y - t))).Average();
}
