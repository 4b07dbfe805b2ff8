namespace Benchmarks.Torch.Layers;

internal sealed class TorchDense : ITorchLayer<DenseAttribute>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    public TorchDense(DenseAttribute attribute, TorchLayerContext context)
    {
        string name = context.NameOf(attribute, "dense");
        _weight = attribute.TiedTo is { } owner
            ? context.TiedWeight(name, owner)
            : context.AddParameter(attribute, $"{name}.weight", attribute.Units, context.Shape[^1]);
        _bias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.bias", attribute.Units) : null;
        context.Shape = [.. context.Shape[..^1], attribute.Units];
    }

    public Tensor Forward(Tensor input) => F.linear(input, _weight, _bias);
}
