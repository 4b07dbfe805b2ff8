namespace Benchmarks.Torch.Layers;

internal sealed class TorchEmbedding : ITorchLayer<EmbeddingAttribute>
{
    private readonly Embedding _module;

    public TorchEmbedding(EmbeddingAttribute attribute, TorchLayerContext context)
    {
        // TorchSharp has no function for it.
        _module = nn.Embedding(attribute.Vocabulary, attribute.Width);
        context.AddParameter(attribute, $"{context.NameOf(attribute, "embedding")}.weight", _module.weight!);
        context.Shape = [.. context.Shape, attribute.Width];
    }

    public Tensor Forward(Tensor input) => _module.call(input.to(ScalarType.Int64));
}
