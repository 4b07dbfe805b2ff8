namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceEmbedding : IReferenceLayer<EmbeddingAttribute>
{
    private readonly ArraySegment<double> _weight;
    private readonly int _width;

    public ReferenceEmbedding(EmbeddingAttribute attribute, ReferenceContext context)
    {
        _width = attribute.Width;
        _weight = context.Parameter($"{context.NameOf(attribute, "embedding")}.weight", attribute.Vocabulary, _width);
        context.Shape = [.. context.Shape, _width];
    }

    public double[] Forward(double[] input, int batch) =>
        [.. input.SelectMany(token => _weight.Slice((int)token * _width, _width))];
}
