namespace Benchmarks.Torch.Layers;

internal sealed class TorchPositionEmbedding : ITorchLayer<PositionEmbeddingAttribute>
{
    private readonly Parameter _weight;

    public TorchPositionEmbedding(PositionEmbeddingAttribute attribute, TorchLayerContext context) =>
        _weight = context.AddParameter(attribute, $"{context.NameOf(attribute, "positionEmbedding")}.weight", context.Shape);

    public Tensor Forward(Tensor input) => input + _weight;
}
