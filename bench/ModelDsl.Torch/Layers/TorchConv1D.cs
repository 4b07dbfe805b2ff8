namespace Benchmarks.Torch.Layers;

internal sealed class TorchConv1D : ITorchLayer<Conv1DAttribute>
{
    private readonly Conv1DAttribute _attribute;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly long _before;
    private readonly long _after;

    public TorchConv1D(Conv1DAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        long steps = context.Shape[0];
        long reach = (attribute.Dilation * (attribute.KernelSize - 1L)) + 1;
        _before = attribute.PaddingLeft == 0 ? attribute.PaddingSize : attribute.PaddingLeft;
        long total = _before + (attribute.PaddingRight == 0 ? attribute.PaddingSize : attribute.PaddingRight);
        if (attribute.Causal)
        {
            total = _before = reach - 1;
        }
        else if (attribute.Padding == ModelDsl.Padding.Same)
        {
            long outputs = (steps + attribute.Stride - 1) / attribute.Stride;
            total = Math.Max(0, ((outputs - 1) * attribute.Stride) + reach - steps);
            _before = total / 2;
        }

        _after = total - _before;
        string name = context.NameOf(attribute, "conv1D");
        _weight = context.AddParameter(
            attribute, $"{name}.weight", attribute.Filters, attribute.KernelSize, context.Shape[1] / attribute.Groups);
        _bias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.bias", attribute.Filters) : null;
        context.Shape = [((steps + total - reach) / attribute.Stride) + 1, attribute.Filters];
    }

    public Tensor Forward(Tensor input) => F.conv1d(
        F.pad(input.transpose(1, 2), [_before, _after]),
        _weight.transpose(1, 2),
        _bias,
        _attribute.Stride,
        padding: 0,
        dilation: _attribute.Dilation,
        groups: _attribute.Groups).transpose(1, 2);
}
