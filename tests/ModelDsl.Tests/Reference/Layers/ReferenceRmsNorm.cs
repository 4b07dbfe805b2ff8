namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceRmsNorm : IReferenceLayer<RmsNormAttribute>
{
    private readonly ArraySegment<double> _weight;
    private readonly double _epsilon;

    public ReferenceRmsNorm(RmsNormAttribute attribute, ReferenceContext context)
    {
        _weight = context.Parameter($"{context.NameOf(attribute, "rmsNorm")}.weight", context.Shape[^1]);
        _epsilon = attribute.Epsilon;
    }

    public double[] Forward(double[] input, int batch) => [.. input.Chunk(_weight.Count).SelectMany(row =>
    {
        double scale = 1 / Math.Sqrt(row.Average(x => x * x) + _epsilon);
        return row.Select((x, i) => x * scale * _weight[i]);
    })];
}
