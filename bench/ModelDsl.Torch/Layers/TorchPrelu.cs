namespace Benchmarks.Torch.Layers;

internal sealed class TorchPrelu : ITorchLayer<PreluAttribute>
{
    private readonly Parameter _slopes;

    public TorchPrelu(PreluAttribute attribute, TorchLayerContext context) => _slopes = context.AddParameter(
        attribute, $"{context.NameOf(attribute, "prelu")}.weight", attribute.PerChannel ? context.Shape[^1] : 1);

    public Tensor Forward(Tensor input) => where(input > 0, input, input * _slopes);
}
