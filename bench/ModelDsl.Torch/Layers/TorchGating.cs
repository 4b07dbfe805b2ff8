namespace Benchmarks.Torch.Layers;

/// <summary>x · T(x), where T(x) is broadcast to the shape of x.</summary>
[TorchOf(typeof(MultiplyAttribute<>))]
internal sealed class TorchGating : ITorchLayer
{
    private readonly TorchChain _gate;

    public TorchGating(LayerAttribute attribute, TorchLayerContext context)
    {
        long[] shape = context.Shape;
        _gate = context.CreateBlock(
            attribute.GetType().GetGenericArguments()[0], $"{context.NameOf(attribute, "multiply")}.", attribute);
        context.Shape = shape;
    }

    public Tensor Forward(Tensor input) => TorchBranches.Product(input, _gate.Forward(input));
}
