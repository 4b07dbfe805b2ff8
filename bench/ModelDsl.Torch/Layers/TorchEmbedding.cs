using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Layers;

internal sealed class TorchEmbedding : ITorchLayer<EmbeddingAttribute>
{
    private readonly Parameter _weight;

    public TorchEmbedding(EmbeddingAttribute attribute, TorchLayerContext context)
    {
        _weight = context.AddParameter(attribute, $"{context.NameOf(attribute, "embedding")}.weight", attribute.Vocabulary, attribute.Width);
        context.Shape = [.. context.Shape, attribute.Width];
    }

    public Tensor Forward(Tensor input) => F.embedding(input.to(ScalarType.Int64), _weight);
}
