namespace Benchmarks.Torch.Layers;

internal sealed class TorchHardSigmoid : ITorchLayer<HardSigmoidAttribute>
{
    public Tensor Forward(Tensor input) => F.hardsigmoid(input);
}
