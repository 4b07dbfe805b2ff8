namespace Benchmarks.Torch.Layers;

internal sealed class TorchSelu : ITorchLayer<SeluAttribute>
{
    public Tensor Forward(Tensor input) => F.selu(input);
}
