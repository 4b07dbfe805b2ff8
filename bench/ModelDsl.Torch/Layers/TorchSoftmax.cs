namespace Benchmarks.Torch.Layers;

internal sealed class TorchSoftmax : ITorchLayer<SoftmaxAttribute>
{
    public Tensor Forward(Tensor input) => input.softmax(-1);
}
