namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceDense : IReferenceLayer<DenseAttribute>
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;

    public ReferenceDense(DenseAttribute attribute, ReferenceContext context)
    {
        string name = context.NameOf(attribute, "dense");
        _inputs = context.Shape[^1];
        _outputs = attribute.Units;
        _weight = attribute.TiedTo is { } owner
            ? context.TiedWeight(name, owner, _outputs, _inputs)
            : context.Parameter($"{name}.weight", _outputs, _inputs);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", _outputs) : (ArraySegment<double>?)null;
        context.Shape = [.. context.Shape[..^1], _outputs];
    }

    public double[] Forward(double[] input, int batch)
    {
        int rows = input.Length / _inputs;
        double[] result = new double[rows * _outputs];
        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < _outputs; output++)
            {
                double sum = _bias is { } bias ? bias[output] : 0;
                for (int i = 0; i < _inputs; i++)
                {
                    sum += input[(row * _inputs) + i] * _weight[(output * _inputs) + i];
                }

                result[(row * _outputs) + output] = sum;
            }
        }

        return result;
    }
}
