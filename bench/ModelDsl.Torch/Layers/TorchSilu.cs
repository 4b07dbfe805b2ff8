namespace Benchmarks.Torch.Layers;

internal sealed class TorchSilu : ITorchLayer<SiluAttribute>
{
    public Tensor Forward(Tensor input) => F.silu(input);
}
