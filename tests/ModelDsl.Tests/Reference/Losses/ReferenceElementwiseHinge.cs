namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceElementwiseHinge(ElementwiseHingeAttribute attribute)
    : IReferenceLoss<ElementwiseHingeAttribute>
{
    public double Evaluate(double[] outputs, Batch batch) => outputs.Zip(batch.Values!, (y, t) =>
    {
        double margin = Math.Max(0, 1 - (t * y));
        return attribute.Squared ? margin * margin : margin;
    }).Average();
}
