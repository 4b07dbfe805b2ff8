namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceElu(EluAttribute attribute) : IReferenceLayer<EluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x > 0 ? x : attribute.Alpha * (Math.Exp(x) - 1))];
}
