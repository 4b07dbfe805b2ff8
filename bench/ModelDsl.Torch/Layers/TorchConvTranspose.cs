namespace Benchmarks.Torch.Layers;

internal sealed class TorchConvTranspose : ITorchLayer<ConvTranspose2DAttribute>
{
    private readonly ConvTranspose2DAttribute _attribute;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly long[] _stride;
    private readonly long[] _dilation;
    private readonly long[] _padding;
    private readonly long[] _before = new long[2];
    private readonly long[] _output = new long[2];

    public TorchConvTranspose(ConvTranspose2DAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        long[] kernel = [attribute.KernelHeight, attribute.KernelWidth];
        _stride = [Or(attribute.StrideHeight, attribute.Stride), Or(attribute.StrideWidth, attribute.Stride)];
        _dilation = [Or(attribute.DilationHeight, attribute.Dilation), Or(attribute.DilationWidth, attribute.Dilation)];
        _padding = [Or(attribute.PaddingHeight, attribute.PaddingSize), Or(attribute.PaddingWidth, attribute.PaddingSize)];
        long[] more =
            [Or(attribute.OutputPaddingHeight, attribute.OutputPadding), Or(attribute.OutputPaddingWidth, attribute.OutputPadding)];
        long[] before = [Or(attribute.PaddingTop, _padding[0]), Or(attribute.PaddingLeft, _padding[1])];
        long[] after = [Or(attribute.PaddingBottom, _padding[0]), Or(attribute.PaddingRight, _padding[1])];
        for (int side = 0; side < 2; side++)
        {
            long reach = (_dilation[side] * (kernel[side] - 1)) + 1;
            bool isSame = attribute.Padding == ModelDsl.Padding.Same;
            _before[side] = isSame ? Math.Max(0, reach - _stride[side]) / 2 : before[side];
            _output[side] = isSame
                ? context.Shape[side] * _stride[side]
                : ((context.Shape[side] - 1) * _stride[side]) + reach - before[side] - after[side] + more[side];
        }

        string name = context.NameOf(attribute, "convTranspose2D");
        _weight = context.AddParameter(
            attribute, $"{name}.weight", context.Shape[2], kernel[0], kernel[1], attribute.Filters / attribute.Groups);
        _bias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.bias", attribute.Filters) : null;
        context.Shape = [.. _output, attribute.Filters];
    }

    public Tensor Forward(Tensor input)
    {
        // Without padding, so that borders that are not symmetric can be cut off.
        Tensor planes = F.conv_transpose2d(
            input.permute(0, 3, 1, 2), _weight.permute(0, 3, 1, 2), null, _stride, [0, 0], [0, 0], _dilation, _attribute.Groups);
        for (int side = 0; side < 2; side++)
        {
            long missing = Math.Max(0, _before[side] + _output[side] - planes.shape[side + 2]);
            long[] border = side == 0 ? [0, 0, 0, missing] : [0, missing];
            planes = F.pad(planes, border).narrow(side + 2, _before[side], _output[side]);
        }

        Tensor images = TorchWindow.Leave(planes);
        return _bias is null ? images : images + _bias;
    }

    private static long Or(long own, long otherwise) => own == 0 ? otherwise : own;
}
