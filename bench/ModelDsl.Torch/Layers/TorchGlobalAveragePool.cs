using static TorchSharp.torch;

namespace ModelDsl.Torch.Layers;

internal sealed class TorchGlobalAveragePool : ITorchLayer<GlobalAveragePoolAttribute>
{
    private readonly long[] _dimensions;

    public TorchGlobalAveragePool(TorchLayerContext context)
    {
        _dimensions = [.. Enumerable.Range(1, context.Shape.Length - 1).Select(dimension => (long)dimension)];
        context.Shape = [context.Shape[^1]];
    }

    public Tensor Forward(Tensor input) => input.mean(_dimensions);
}
