namespace Benchmarks.Torch.Layers;

internal sealed class TorchPooling : ITorchLayer<MaxPool2DAttribute>, ITorchLayer<AvgPool2DAttribute>
{
    private readonly TorchWindow _window;
    private readonly bool _isMax;
    private readonly Tensor? _counts;

    public TorchPooling(WindowAttribute attribute, TorchLayerContext context)
    {
        _window = attribute is MaxPool2DAttribute pool
            ? new TorchWindow(
                attribute, context.Shape[0], context.Shape[1], Or(pool.DilationHeight, pool.Dilation),
                Or(pool.DilationWidth, pool.Dilation))
            : new TorchWindow(attribute, context.Shape[0], context.Shape[1]);
        _isMax = attribute is MaxPool2DAttribute;
        if (attribute is AvgPool2DAttribute { CountIncludePadding: false })
        {
            // The share of each window that lies within the image; libtorch's own count knows of symmetric borders only.
            _counts = Average(_window.Enter(ones(1, context.Shape[0], context.Shape[1], 1))).DetachFromDisposeScope();
        }

        context.Shape = [.. _window.Output, context.Shape[2]];
    }

    public Tensor Forward(Tensor input) => TorchWindow.Leave(_isMax
        ? F.max_pool2d(
            _window.Enter(input, double.NegativeInfinity), _window.Kernel, _window.Stride, _window.Padding,
            _window.Dilation, _window.CeilMode)
        : _counts is null ? Average(_window.Enter(input)) : Average(_window.Enter(input)) / _counts);

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;

    private Tensor Average(Tensor planes) => F.avg_pool2d(
        planes, _window.Kernel, _window.Stride, _window.Padding, ceil_mode: _window.CeilMode, count_include_pad: true);
}
