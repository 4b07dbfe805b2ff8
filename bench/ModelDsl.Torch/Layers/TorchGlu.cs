namespace Benchmarks.Torch.Layers;

internal sealed class TorchGlu : ITorchLayer<GluAttribute>
{
    public TorchGlu(TorchLayerContext context) => context.Shape = [.. context.Shape[..^1], context.Shape[^1] / 2];

    public Tensor Forward(Tensor input) => F.glu(input, -1);
}
