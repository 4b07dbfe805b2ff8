namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferencePositionEmbedding : IReferenceLayer<PositionEmbeddingAttribute>
{
    private readonly ArraySegment<double> _weight;

    public ReferencePositionEmbedding(PositionEmbeddingAttribute attribute, ReferenceContext context) =>
        _weight = context.Parameter($"{context.NameOf(attribute, "positionEmbedding")}.weight", context.Shape);

    public double[] Forward(double[] input, int batch) => [.. input.Select((x, i) => x + _weight[i % _weight.Count])];
}
