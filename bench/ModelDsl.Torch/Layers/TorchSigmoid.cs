namespace Benchmarks.Torch.Layers;

internal sealed class TorchSigmoid : ITorchLayer<SigmoidAttribute>
{
    public Tensor Forward(Tensor input) => input.sigmoid();
}
