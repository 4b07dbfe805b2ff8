namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferencePad : IReferenceLayer<PadAttribute>
{
    private readonly PadAttribute _attribute;
    private readonly int[] _input;
    private readonly int[] _output;

    public ReferencePad(PadAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _input = context.Shape;
        _output = [_input[0] + attribute.Top + attribute.Bottom, _input[1] + attribute.Left + attribute.Right, _input[2]];
        context.Shape = _output;
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from row in Enumerable.Range(-_attribute.Top, _output[0])
           from column in Enumerable.Range(-_attribute.Left, _output[1])
           from channel in Enumerable.Range(0, _input[2])
           select row >= 0 && row < _input[0] && column >= 0 && column < _input[1]
               ? input[(((((sample * _input[0]) + row) * _input[1]) + column) * _input[2]) + channel]
               : _attribute.Value,
    ];
}
