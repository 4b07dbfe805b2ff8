namespace Benchmarks.Torch.Layers;

internal sealed class TorchToSequence : ITorchLayer<ToSequenceAttribute>
{
    private readonly long _columns;

    public TorchToSequence(TorchLayerContext context)
    {
        _columns = context.Shape.Length == 1 ? 1 : context.Shape[^1];
        context.Shape = [context.Shape.Aggregate(1L, (product, extent) => product * extent) / _columns, _columns];
    }

    public Tensor Forward(Tensor input) => input.reshape(input.shape[0], -1, _columns);
}
