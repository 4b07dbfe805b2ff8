namespace Benchmarks.Torch.Layers;

internal sealed class TorchGlobalAveragePool : ITorchLayer<GlobalAveragePoolAttribute>
{
    private readonly TorchLayerContext _context;
    private readonly long[] _dimensions;

    public TorchGlobalAveragePool(TorchLayerContext context)
    {
        _context = context;
        _dimensions = [.. Enumerable.Range(1, context.Shape.Length - 1).Select(dimension => (long)dimension)];
        context.Shape = [context.Shape[^1]];
    }

    public Tensor Forward(Tensor input)
    {
        if (_context.IsPadding is not { } padding)
        {
            return input.mean(_dimensions);
        }

        Tensor isStep = padding.logical_not().unsqueeze(-1).to(ScalarType.Float32);
        return (input * isStep).sum(1) / isStep.sum(1);
    }
}
