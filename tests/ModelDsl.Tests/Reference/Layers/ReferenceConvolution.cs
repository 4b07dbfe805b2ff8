namespace ModelDsl.Tests.Reference.Layers;

/// <summary>A convolution, one product after the other.</summary>
internal sealed class ReferenceConvolution : IReferenceLayer<Conv2DAttribute>, IReferenceLayer<DepthwiseConv2DAttribute>
{
    private readonly (int Window, int Tap, int Pixel)[] _pixels;
    private readonly int _taps;
    private readonly int _channels;
    private readonly int _filters;
    private readonly int _groups;
    private readonly int _inputPixels;
    private readonly int _outputPixels;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;

    public ReferenceConvolution(WindowAttribute attribute, ReferenceContext context)
    {
        int[] input = context.Shape;
        _channels = input[2];
        (string kind, _filters, _groups, int dilationHeight, int dilationWidth, bool useBias) = attribute switch
        {
            Conv2DAttribute conv => ("conv2D", conv.Filters, conv.Groups, Or(conv.DilationHeight, conv.Dilation),
                Or(conv.DilationWidth, conv.Dilation), conv.UseBias),
            DepthwiseConv2DAttribute conv => ("depthwiseConv2D", _channels * conv.Multiplier, _channels,
                Or(conv.DilationHeight, conv.Dilation), Or(conv.DilationWidth, conv.Dilation), conv.UseBias),
            _ => throw new NotSupportedException(),
        };
        string name = context.NameOf(attribute, kind);
        ReferenceWindow window = new(attribute, input[0], input[1], dilationHeight, dilationWidth);
        _pixels = [.. window.Pixels()];
        _taps = attribute.KernelHeight * attribute.KernelWidth;
        _inputPixels = input[0] * input[1];
        _outputPixels = window.Output[0] * window.Output[1];
        _weight = context.Parameter(
            $"{name}.weight", _filters, attribute.KernelHeight, attribute.KernelWidth, _channels / _groups);
        _bias = useBias ? context.Parameter($"{name}.bias", _filters) : (ArraySegment<double>?)null;
        context.Shape = [.. window.Output, _filters];
    }

    public double[] Forward(double[] input, int batch)
    {
        double[] result = new double[batch * _outputPixels * _filters];
        int groupChannels = _channels / _groups;
        int groupFilters = _filters / _groups;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = _bias is { } bias ? bias[i % _filters] : 0;
        }

        for (int sample = 0; sample < batch; sample++)
        {
            foreach ((int window, int tap, int pixel) in _pixels)
            {
                for (int filter = 0; filter < _filters; filter++)
                {
                    int firstChannel = filter / groupFilters * groupChannels;
                    double sum = 0;
                    for (int channel = 0; channel < groupChannels; channel++)
                    {
                        sum += input[(((sample * _inputPixels) + pixel) * _channels) + firstChannel + channel]
                            * _weight[(((filter * _taps) + tap) * groupChannels) + channel];
                    }

                    result[(((sample * _outputPixels) + window) * _filters) + filter] += sum;
                }
            }
        }

        return result;
    }

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;
}
