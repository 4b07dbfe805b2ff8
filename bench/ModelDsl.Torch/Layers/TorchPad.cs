namespace Benchmarks.Torch.Layers;

internal sealed class TorchPad : ITorchLayer<PadAttribute>
{
    private readonly PadAttribute _attribute;

    public TorchPad(PadAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        context.Shape =
        [
            context.Shape[0] + attribute.Top + attribute.Bottom,
            context.Shape[1] + attribute.Left + attribute.Right,
            context.Shape[2],
        ];
    }

    public Tensor Forward(Tensor input) => F.pad(
        input,
        [0, 0, _attribute.Left, _attribute.Right, _attribute.Top, _attribute.Bottom],
        TorchSharp.PaddingModes.Constant,
        _attribute.Value);
}
