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
        _inputs = context.Count;
        _outputs = attribute.Units;
        _weight = context.Parameter($"{name}.weight", _outputs, _inputs);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", _outputs) : (ArraySegment<double>?)null;
        context.Shape = [_outputs];
    }

    public double[] Forward(double[] input, int batch)
    {
        double[] result = new double[batch * _outputs];
        for (int sample = 0; sample < batch; sample++)
        {
            for (int output = 0; output < _outputs; output++)
            {
                double sum = _bias is { } bias ? bias[output] : 0;
                for (int i = 0; i < _inputs; i++)
                {
                    sum += input[(sample * _inputs) + i] * _weight[(output * _inputs) + i];
                }

                result[(sample * _outputs) + output] = sum;
            }
        }

        return result;
    }
}
