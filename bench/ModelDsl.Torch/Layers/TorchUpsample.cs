namespace Benchmarks.Torch.Layers;

internal sealed class TorchUpsample : ITorchLayer<UpsampleAttribute>
{
    private readonly long[] _size;
    private readonly Interpolation _interpolation;

    public TorchUpsample(UpsampleAttribute attribute, TorchLayerContext context)
    {
        _size = [context.Shape[0] * attribute.FactorHeight, context.Shape[1] * attribute.FactorWidth];
        _interpolation = attribute.Interpolation;
        context.Shape = [.. _size, context.Shape[2]];
    }

    public Tensor Forward(Tensor input)
    {
        Tensor planes = input.permute(0, 3, 1, 2);
        return TorchWindow.Leave(_interpolation switch
        {
            Interpolation.Nearest => F.interpolate(planes, size: _size, mode: InterpolationMode.Nearest),
            Interpolation.Bilinear =>
                F.interpolate(planes, size: _size, mode: InterpolationMode.Bilinear, align_corners: false),
            _ => F.interpolate(planes, size: _size, mode: InterpolationMode.Bicubic, align_corners: false),
        });
    }
}
