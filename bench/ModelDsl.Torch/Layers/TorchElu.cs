namespace Benchmarks.Torch.Layers;

internal sealed class TorchElu(EluAttribute attribute) : ITorchLayer<EluAttribute>
{
    public Tensor Forward(Tensor input) => F.elu(input, attribute.Alpha);
}
