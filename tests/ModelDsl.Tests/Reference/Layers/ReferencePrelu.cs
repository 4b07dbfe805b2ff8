namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferencePrelu : IReferenceLayer<PreluAttribute>
{
    private readonly ArraySegment<double> _slopes;

    public ReferencePrelu(PreluAttribute attribute, ReferenceContext context) =>
        _slopes = context.Parameter($"{context.NameOf(attribute, "prelu")}.weight", attribute.PerChannel ? context.Shape[^1] : 1);

    public double[] Forward(double[] input, int batch) => [.. input.Select((x, i) => x > 0 ? x : x * _slopes[i % _slopes.Count])];
}
