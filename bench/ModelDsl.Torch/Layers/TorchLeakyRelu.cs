namespace Benchmarks.Torch.Layers;

internal sealed class TorchLeakyRelu(LeakyReluAttribute attribute) : ITorchLayer<LeakyReluAttribute>
{
    public Tensor Forward(Tensor input) => F.leaky_relu(input, attribute.Slope);
}
