namespace Benchmarks.Torch.Layers;

internal sealed class TorchPooling : ITorchLayer<MaxPool2DAttribute>, ITorchLayer<AvgPool2DAttribute>
{
    private readonly TorchWindow _window;
    private readonly bool _isMax;
    private readonly Tensor? _counts;

    public TorchPooling(ImagePoolingAttribute attribute, TorchLayerContext context)
    {
        _window = new TorchWindow(
            attribute, context.Shape[0], context.Shape[1], Or(attribute.DilationHeight, attribute.Dilation),
            Or(attribute.DilationWidth, attribute.Dilation));
        _isMax = attribute is MaxPool2DAttribute;
        Tensor image = ones(1, context.Shape[0], context.Shape[1], 1);
        if (attribute is AvgPool2DAttribute average && IsDilated)
        {
            _counts = Sum(_window.EnterWhole(image, average.CountIncludePadding ? 1 : 0)).DetachFromDisposeScope();
        }
        else if (attribute is AvgPool2DAttribute { CountIncludePadding: false })
        {
            // The share of each window that lies within the image; libtorch's own count knows of symmetric borders only.
            _counts = Average(_window.Enter(image)).DetachFromDisposeScope();
        }

        context.Shape = [.. _window.Output, context.Shape[2]];
    }

    public Tensor Forward(Tensor input) => TorchWindow.Leave(_isMax
        ? F.max_pool2d(
            _window.Enter(input, double.NegativeInfinity), _window.Kernel, _window.Stride, _window.Padding,
            _window.Dilation, _window.CeilMode)
        : IsDilated ? Sum(_window.EnterWhole(input)) / _counts!
        : _counts is null ? Average(_window.Enter(input)) : Average(_window.Enter(input)) / _counts);

    private bool IsDilated => _window.Dilation.Any(dilation => dilation > 1);

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;

    // libtorch's own means know no dilation; sums by a kernel of ones do.
    private Tensor Sum(Tensor planes) => F.conv2d(
        planes, ones([planes.size(1), 1, .. _window.Kernel]), null, _window.Stride, [0, 0], _window.Dilation,
        planes.size(1));

    private Tensor Average(Tensor planes) => F.avg_pool2d(
        planes, _window.Kernel, _window.Stride, _window.Padding, ceil_mode: _window.CeilMode, count_include_pad: true);
}
