namespace Benchmarks.Torch.Layers;

internal sealed class TorchPixelShuffle : ITorchLayer<PixelShuffleAttribute>
{
    private readonly int _factor;

    public TorchPixelShuffle(PixelShuffleAttribute attribute, TorchLayerContext context)
    {
        _factor = attribute.Factor;
        context.Shape =
            [context.Shape[0] * _factor, context.Shape[1] * _factor, context.Shape[2] / (_factor * _factor)];
    }

    public Tensor Forward(Tensor input) => TorchWindow.Leave(F.pixel_shuffle(input.permute(0, 3, 1, 2), _factor));
}

internal sealed class TorchPixelUnshuffle : ITorchLayer<PixelUnshuffleAttribute>
{
    private readonly int _factor;

    public TorchPixelUnshuffle(PixelUnshuffleAttribute attribute, TorchLayerContext context)
    {
        _factor = attribute.Factor;
        context.Shape =
            [context.Shape[0] / _factor, context.Shape[1] / _factor, context.Shape[2] * _factor * _factor];
    }

    public Tensor Forward(Tensor input) => TorchWindow.Leave(F.pixel_unshuffle(input.permute(0, 3, 1, 2), _factor));
}
