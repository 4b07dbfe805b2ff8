namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceFlatten : IReferenceLayer<FlattenAttribute>
{
    public ReferenceFlatten(ReferenceContext context) => context.Shape = [context.Count];

    public double[] Forward(double[] input, int batch) => input;
}
