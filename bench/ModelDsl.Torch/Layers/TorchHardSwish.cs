namespace Benchmarks.Torch.Layers;

internal sealed class TorchHardSwish : ITorchLayer<HardSwishAttribute>
{
    public Tensor Forward(Tensor input) => F.hardswish(input);
}
