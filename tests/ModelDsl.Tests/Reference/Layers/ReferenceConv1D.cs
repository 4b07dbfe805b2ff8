namespace ModelDsl.Tests.Reference.Layers;

/// <summary>A convolution along the steps of a sequence, one product after the other.</summary>
internal sealed class ReferenceConv1D : IReferenceLayer<Conv1DAttribute>
{
    private readonly Conv1DAttribute _attribute;
    private readonly int _steps;
    private readonly int _features;
    private readonly int _outputs;
    private readonly int _before;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;

    public ReferenceConv1D(Conv1DAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _steps = context.Shape[0];
        _features = context.Shape[1];
        int reach = (attribute.Dilation * (attribute.KernelSize - 1)) + 1;
        if (attribute.Padding == Padding.Same)
        {
            _outputs = (_steps + attribute.Stride - 1) / attribute.Stride;
            _before = Math.Max(0, ((_outputs - 1) * attribute.Stride) + reach - _steps) / 2;
        }
        else
        {
            (int own, int ownAfter) = (attribute.PaddingLeft, attribute.PaddingRight);
            _before = attribute.Causal ? reach - 1 : own == 0 ? attribute.PaddingSize : own;
            int after = attribute.Causal ? 0 : ownAfter == 0 ? attribute.PaddingSize : ownAfter;
            _outputs = ((_steps + _before + after - reach) / attribute.Stride) + 1;
        }

        string name = context.NameOf(attribute, "conv1D");
        _weight = context.Parameter($"{name}.weight", attribute.Filters, attribute.KernelSize, _features / attribute.Groups);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", attribute.Filters) : (ArraySegment<double>?)null;
        context.Shape = [_outputs, attribute.Filters];
    }

    public double[] Forward(double[] input, int batch)
    {
        int filters = _attribute.Filters;
        int width = _features / _attribute.Groups;
        double[] result = new double[batch * _outputs * filters];
        for (int i = 0; i < result.Length; i++)
        {
            int filter = i % filters;
            (int sample, int output) = Math.DivRem(i / filters, _outputs);
            int first = filter / (filters / _attribute.Groups) * width;
            double sum = _bias is { } bias ? bias[filter] : 0;
            for (int tap = 0; tap < _attribute.KernelSize; tap++)
            {
                int step = (output * _attribute.Stride) + (tap * _attribute.Dilation) - _before;
                for (int feature = 0; feature < width && step >= 0 && step < _steps; feature++)
                {
                    sum += input[(((sample * _steps) + step) * _features) + first + feature]
                        * _weight[(((filter * _attribute.KernelSize) + tap) * width) + feature];
                }
            }

            result[i] = sum;
        }

        return result;
    }
}
