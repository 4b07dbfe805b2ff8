namespace Benchmarks.Torch.Layers;

internal sealed class TorchSoftplus : ITorchLayer<SoftplusAttribute>
{
    public Tensor Forward(Tensor input) => F.softplus(input);
}
