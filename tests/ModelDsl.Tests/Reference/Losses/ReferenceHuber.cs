namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceHuber(HuberAttribute attribute) : IReferenceLoss<HuberAttribute>
{
    public double Evaluate(double[] outputs, Batch batch) => outputs.Zip(batch.Values!, (y, t) =>
    {
        double distance = Math.Abs(y - t);
        return distance <= attribute.Delta
            ? 0.5 * distance * distance
            : attribute.Delta * (distance - (0.5 * attribute.Delta));
    }).Average();
}
