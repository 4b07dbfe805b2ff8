namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceLayerNorm : IReferenceLayer<LayerNormAttribute>
{
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;
    private readonly double _epsilon;

    public ReferenceLayerNorm(LayerNormAttribute attribute, ReferenceContext context)
    {
        string name = context.NameOf(attribute, "layerNorm");
        int features = context.Shape[^1];
        _weight = context.Parameter($"{name}.weight", features);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", features) : (ArraySegment<double>?)null;
        _epsilon = attribute.Epsilon;
    }

    public double[] Forward(double[] input, int batch) => [.. input.Chunk(_weight.Count).SelectMany(row =>
    {
        double mean = row.Average();
        double scale = 1 / Math.Sqrt(row.Average(x => (x - mean) * (x - mean)) + _epsilon);
        return row.Select((x, i) => ((x - mean) * scale * _weight[i]) + (_bias is { } bias ? bias[i] : 0));
    })];
}
