namespace Benchmarks.Torch.Layers;

internal sealed class TorchLayerNorm : ITorchLayer<LayerNormAttribute>
{
    private readonly LayerNormAttribute _attribute;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    public TorchLayerNorm(LayerNormAttribute attribute, TorchLayerContext context)
    {
        string name = context.NameOf(attribute, "layerNorm");
        _attribute = attribute;
        _weight = context.AddParameter(attribute, $"{name}.weight", context.Shape[^1]);
        _bias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.bias", context.Shape[^1]) : null;
    }

    public Tensor Forward(Tensor input) => F.layer_norm(input, [input.shape[^1]], _weight, _bias, _attribute.Epsilon);
}
