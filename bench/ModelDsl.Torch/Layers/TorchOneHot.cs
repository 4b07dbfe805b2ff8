namespace Benchmarks.Torch.Layers;

internal sealed class TorchOneHot : ITorchLayer<OneHotAttribute>
{
    private readonly int _classes;

    public TorchOneHot(OneHotAttribute attribute, TorchLayerContext context)
    {
        _classes = attribute.Classes;
        context.Shape = [.. context.Shape, _classes];
    }

    public Tensor Forward(Tensor input) => F.one_hot(input.to(ScalarType.Int64), _classes).to(ScalarType.Float32);
}
