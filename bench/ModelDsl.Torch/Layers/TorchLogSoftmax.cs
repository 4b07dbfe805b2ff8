namespace Benchmarks.Torch.Layers;

internal sealed class TorchLogSoftmax : ITorchLayer<LogSoftmaxAttribute>
{
    public Tensor Forward(Tensor input) => input.log_softmax(-1);
}
