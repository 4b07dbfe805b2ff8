namespace Benchmarks.Torch.Layers;

internal sealed class TorchGelu(GeluAttribute attribute) : ITorchLayer<GeluAttribute>
{
    public Tensor Forward(Tensor input) => attribute.Approximate ? Approximate(input) : F.gelu(input);

    /// <summary>TorchSharp has no parameter for it, so it is put together: x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    private static Tensor Approximate(Tensor x) =>
        0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.pow(3)))).tanh());
}
