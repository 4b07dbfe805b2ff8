namespace ModelDsl.Tests.Reference.Losses;

internal sealed class ReferenceTriplet(TripletAttribute attribute, ReferenceContext context)
    : IReferenceLoss<TripletAttribute>
{
    private readonly int _width = context.Shape[^1];

    public double Evaluate(double[] outputs, Batch batch) => Enumerable.Range(0, batch.Size).Average(triplet =>
        Math.Max(0, Distance(outputs, triplet, 1) - Distance(outputs, triplet, 2) + attribute.Margin));

    private double Distance(double[] outputs, int triplet, int other) => Math.Sqrt(
        Enumerable.Range(triplet * 3 * _width, _width).Sum(i => Math.Pow(outputs[i] - outputs[i + (other * _width)] + 1e-6, 2)));
}
