namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Each new pixel by the place that it comes from.</summary>
internal sealed class ReferencePixelShuffle : IReferenceLayer<PixelShuffleAttribute>
{
    private readonly int _factor;
    private readonly int[] _input;
    private readonly int[] _output;

    public ReferencePixelShuffle(PixelShuffleAttribute attribute, ReferenceContext context)
    {
        _factor = attribute.Factor;
        _input = context.Shape;
        _output = [_input[0] * _factor, _input[1] * _factor, _input[2] / (_factor * _factor)];
        context.Shape = _output;
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from row in Enumerable.Range(0, _output[0])
           from column in Enumerable.Range(0, _output[1])
           from channel in Enumerable.Range(0, _output[2])
           let pixel = (((sample * _input[0]) + (row / _factor)) * _input[1]) + (column / _factor)
           let source = (((channel * _factor) + (row % _factor)) * _factor) + (column % _factor)
           select input[(pixel * _input[2]) + source],
    ];
}

/// <summary>Each channel by the pixel that it comes from.</summary>
internal sealed class ReferencePixelUnshuffle : IReferenceLayer<PixelUnshuffleAttribute>
{
    private readonly int _factor;
    private readonly int[] _input;
    private readonly int[] _output;

    public ReferencePixelUnshuffle(PixelUnshuffleAttribute attribute, ReferenceContext context)
    {
        _factor = attribute.Factor;
        _input = context.Shape;
        _output = [_input[0] / _factor, _input[1] / _factor, _input[2] * _factor * _factor];
        context.Shape = _output;
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from row in Enumerable.Range(0, _output[0])
           from column in Enumerable.Range(0, _output[1])
           from channel in Enumerable.Range(0, _output[2])
           let y = (row * _factor) + (channel / _factor % _factor)
           let x = (column * _factor) + (channel % _factor)
           select input[(((((sample * _input[0]) + y) * _input[1]) + x) * _input[2]) + (channel / (_factor * _factor))],
    ];
}
