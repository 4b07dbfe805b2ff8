namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Each pixel adds its multiple of the kernel to the output.</summary>
internal sealed class ReferenceConvTranspose : IReferenceLayer<ConvTranspose2DAttribute>
{
    private readonly ConvTranspose2DAttribute _attribute;
    private readonly int[] _input;
    private readonly int[] _output;
    private readonly int[] _before = new int[2];
    private readonly int[] _stride;
    private readonly int[] _dilation;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;

    public ReferenceConvTranspose(ConvTranspose2DAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _input = context.Shape;
        _output = [0, 0, attribute.Filters];
        int[] kernel = [attribute.KernelHeight, attribute.KernelWidth];
        _stride = [Or(attribute.StrideHeight, attribute.Stride), Or(attribute.StrideWidth, attribute.Stride)];
        _dilation = [Or(attribute.DilationHeight, attribute.Dilation), Or(attribute.DilationWidth, attribute.Dilation)];
        int[] padding = [Or(attribute.PaddingHeight, attribute.PaddingSize), Or(attribute.PaddingWidth, attribute.PaddingSize)];
        int[] before = [Or(attribute.PaddingTop, padding[0]), Or(attribute.PaddingLeft, padding[1])];
        int[] after = [Or(attribute.PaddingBottom, padding[0]), Or(attribute.PaddingRight, padding[1])];
        int[] more =
            [Or(attribute.OutputPaddingHeight, attribute.OutputPadding), Or(attribute.OutputPaddingWidth, attribute.OutputPadding)];
        for (int side = 0; side < 2; side++)
        {
            int reach = (_dilation[side] * (kernel[side] - 1)) + 1;
            bool isSame = attribute.Padding == Padding.Same;
            _before[side] = isSame ? Math.Max(0, reach - _stride[side]) / 2 : before[side];
            _output[side] = isSame
                ? _input[side] * _stride[side]
                : ((_input[side] - 1) * _stride[side]) + reach - before[side] - after[side] + more[side];
        }

        string name = context.NameOf(attribute, "convTranspose2D");
        _weight = context.Parameter($"{name}.weight", _input[2], kernel[0], kernel[1], attribute.Filters / attribute.Groups);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", attribute.Filters) : (ArraySegment<double>?)null;
        context.Shape = _output;
    }

    public double[] Forward(double[] input, int batch)
    {
        int filters = _attribute.Filters;
        double[] result = new double[batch * _output[0] * _output[1] * filters];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = _bias is { } bias ? bias[i % filters] : 0;
        }

        int width = filters / _attribute.Groups;
        for (int i = 0; i < input.Length; i++)
        {
            int channel = i % _input[2];
            int pixel = i / _input[2];
            int first = channel / (_input[2] / _attribute.Groups) * width;
            for (int tap = 0; tap < _attribute.KernelHeight * _attribute.KernelWidth; tap++)
            {
                int y = (pixel / _input[1] % _input[0] * _stride[0]) + (tap / _attribute.KernelWidth * _dilation[0]) - _before[0];
                int x = (pixel % _input[1] * _stride[1]) + (tap % _attribute.KernelWidth * _dilation[1]) - _before[1];
                if (y < 0 || y >= _output[0] || x < 0 || x >= _output[1])
                {
                    continue;
                }

                int sample = pixel / (_input[0] * _input[1]);
                int to = (((((sample * _output[0]) + y) * _output[1]) + x) * filters) + first;
                int from = ((channel * _attribute.KernelHeight * _attribute.KernelWidth) + tap) * width;
                for (int filter = 0; filter < width; filter++)
                {
                    result[to + filter] += input[i] * _weight[from + filter];
                }
            }
        }

        return result;
    }

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;
}
