namespace Benchmarks.Torch.Layers;

internal sealed class TorchTanh : ITorchLayer<TanhAttribute>
{
    public Tensor Forward(Tensor input) => input.tanh();
}
