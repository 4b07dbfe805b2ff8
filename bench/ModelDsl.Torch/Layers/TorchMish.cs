namespace Benchmarks.Torch.Layers;

internal sealed class TorchMish : ITorchLayer<MishAttribute>
{
    public Tensor Forward(Tensor input) => F.mish(input);
}
