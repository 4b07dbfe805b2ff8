namespace Benchmarks.Torch.Layers;

internal sealed class TorchRmsNorm : ITorchLayer<RmsNormAttribute>
{
    private readonly double _epsilon;
    private readonly Parameter _weight;

    public TorchRmsNorm(RmsNormAttribute attribute, TorchLayerContext context)
    {
        _epsilon = attribute.Epsilon;
        _weight = context.AddParameter(attribute, $"{context.NameOf(attribute, "rmsNorm")}.weight", context.Shape[^1]);
    }

    public Tensor Forward(Tensor input) => input * (input.square().mean([-1], keepdim: true) + _epsilon).rsqrt() * _weight;
}
