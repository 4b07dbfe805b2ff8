namespace Benchmarks.Torch.Layers;

internal sealed class TorchFlatten : ITorchLayer<FlattenAttribute>
{
    public TorchFlatten(TorchLayerContext context) =>
        context.Shape = [context.Shape.Aggregate(1L, (product, extent) => product * extent)];

    public Tensor Forward(Tensor input) => input.flatten(1);
}
