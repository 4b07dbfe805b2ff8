namespace Benchmarks.Torch.Layers;

internal sealed class TorchReshape : ITorchLayer<ReshapeAttribute>
{
    private readonly long[] _extents;

    public TorchReshape(ReshapeAttribute attribute, TorchLayerContext context)
    {
        long count = context.Shape.Aggregate(1L, (product, extent) => product * extent);
        long known = attribute.Dimensions.Where(extent => extent != -1).Aggregate(1L, (product, extent) => product * extent);
        context.Shape = [.. attribute.Dimensions.Select(extent => extent == -1 ? count / known : extent)];
        _extents = [-1, .. context.Shape];
    }

    public Tensor Forward(Tensor input) => input.reshape(_extents);
}
