namespace Benchmarks.Torch.Layers;

internal sealed class TorchResize : ITorchLayer<ResizeAttribute>
{
    private readonly ResizeAttribute _attribute;

    public TorchResize(ResizeAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        context.Shape = [attribute.Height, attribute.Width, context.Shape[2]];
    }

    public Tensor Forward(Tensor input)
    {
        Tensor planes = input.permute(0, 3, 1, 2);
        long[] size = [_attribute.Height, _attribute.Width];
        return TorchWindow.Leave(_attribute.Interpolation switch
        {
            Interpolation.Nearest => F.interpolate(planes, size: size, mode: InterpolationMode.Nearest),
            Interpolation.Bilinear => F.interpolate(
                planes, size: size, mode: InterpolationMode.Bilinear, align_corners: _attribute.AlignCorners),
            _ => F.interpolate(
                planes, size: size, mode: InterpolationMode.Bicubic, align_corners: _attribute.AlignCorners),
        });
    }
}
