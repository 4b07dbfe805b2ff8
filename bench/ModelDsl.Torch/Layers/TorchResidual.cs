namespace Benchmarks.Torch.Layers;

/// <summary>x + T(x).</summary>
[TorchOf(typeof(ResidualAttribute<>))]
internal sealed class TorchResidual : ITorchLayer
{
    private readonly TorchChain _branch;

    public TorchResidual(LayerAttribute attribute, TorchLayerContext context) =>
        _branch = context.CreateBlock(
            attribute.GetType().GetGenericArguments()[0], $"{context.NameOf(attribute, "residual")}.", attribute);

    public Tensor Forward(Tensor input) => input + _branch.Forward(input);
}
