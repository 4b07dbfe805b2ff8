namespace Benchmarks.Torch.Layers;

internal sealed class TorchConvolution : ITorchLayer<Conv2DAttribute>, ITorchLayer<DepthwiseConv2DAttribute>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly TorchWindow _window;
    private readonly long _groups;

    public TorchConvolution(WindowAttribute attribute, TorchLayerContext context)
    {
        long channels = context.Shape[2];
        (string kind, long filters, _groups, int dilationHeight, int dilationWidth, bool useBias) = attribute switch
        {
            Conv2DAttribute conv => ("conv2D", conv.Filters, conv.Groups, Or(conv.DilationHeight, conv.Dilation),
                Or(conv.DilationWidth, conv.Dilation), conv.UseBias),
            DepthwiseConv2DAttribute conv => ("depthwiseConv2D", channels * conv.Multiplier, channels,
                Or(conv.DilationHeight, conv.Dilation), Or(conv.DilationWidth, conv.Dilation), conv.UseBias),
            _ => throw new NotSupportedException(),
        };
        string name = context.NameOf(attribute, kind);
        _window = new TorchWindow(attribute, context.Shape[0], context.Shape[1], dilationHeight, dilationWidth);
        _weight = context.AddParameter(
            attribute, $"{name}.weight", filters, attribute.KernelHeight, attribute.KernelWidth, channels / _groups);
        _bias = useBias ? context.AddParameter(attribute, $"{name}.bias", filters) : null;
        context.Shape = [.. _window.Output, filters];
    }

    public Tensor Forward(Tensor input) => TorchWindow.Leave(F.conv2d(
        _window.Enter(input),
        _weight.permute(0, 3, 1, 2),
        _bias,
        _window.Stride,
        _window.Padding,
        _window.Dilation,
        _groups));

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;
}
