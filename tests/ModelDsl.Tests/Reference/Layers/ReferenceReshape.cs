namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceReshape : IReferenceLayer<ReshapeAttribute>
{
    public ReferenceReshape(ReshapeAttribute attribute, ReferenceContext context)
    {
        int known = attribute.Dimensions.Where(extent => extent != -1).Aggregate(1, (product, extent) => product * extent);
        int inferred = context.Count / known;
        context.Shape = [.. attribute.Dimensions.Select(extent => extent == -1 ? inferred : extent)];
    }

    public double[] Forward(double[] input, int batch) => input;
}
