namespace ModelDsl.Tests.Reference.Layers;

/// <summary>What recurrent layers have in common: the order of the steps, products and states.</summary>
internal sealed class ReferenceRecurrence
{
    private readonly ReferenceContext _context;
    private readonly int _steps;
    private readonly int _features;
    private readonly int _units;
    private readonly bool _backwards;
    private readonly bool _sequences;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double> _recurrentWeight;
    private readonly ArraySegment<double>? _bias;
    private readonly ArraySegment<double>? _recurrentBias;

    public ReferenceRecurrence(
        RecurrentAttribute attribute, string name, ReferenceContext context, int gates, bool twoBiases = false)
    {
        int units = attribute.Units;
        _context = context;
        (_steps, _features) = (context.Shape[0], context.Shape[1]);
        (_units, _sequences, _backwards) = (units, attribute.ReturnSequences, attribute.GoBackwards);
        _weight = context.Parameter($"{name}.weight", gates * units, _features);
        _recurrentWeight = context.Parameter($"{name}.recurrentWeight", gates * units, units);
        if (attribute.UseBias)
        {
            _bias = context.Parameter($"{name}.bias", gates * units);
            _recurrentBias = twoBiases ? context.Parameter($"{name}.recurrentBias", gates * units) : (ArraySegment<double>?)null;
        }

        context.Shape = _sequences ? [_steps, units] : [units];
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>
    /// The outputs, with a function that makes a step's output of W·x + b, U·h + d, h and a state that it may change.
    /// </summary>
    public double[] Forward(double[] input, Func<double[], double[], double[], double[], double[]> next)
    {
        // Behind a layer that changes the number of steps there is no padding.
        int rows = input.Length / _features;
        bool[] isPadding = _context.IsPadding.Length == rows ? _context.IsPadding : new bool[rows];
        return
        [
            .. input.Chunk(_steps * _features)
                .Zip(isPadding.Chunk(_steps), (sample, own) => ForwardSample(sample, own, next))
                .SelectMany(outputs => outputs),
        ];
    }

    private double[] ForwardSample(
        double[] sample, bool[] isPadding, Func<double[], double[], double[], double[], double[]> next)
    {
        double[] hidden = new double[_units];
        double[] state = new double[_units];
        double[] outputs = new double[_steps * _units];
        for (int number = 0; number < _steps; number++)
        {
            int step = _backwards ? _steps - 1 - number : number;
            double[] x = sample[(step * _features)..((step + 1) * _features)];
            if (!isPadding[step])
            {
                hidden = next(
                    Product(_weight, x, _bias), Product(_recurrentWeight, hidden, _recurrentBias), hidden, state);
            }

            hidden.CopyTo(outputs, step * _units);
        }

        return _sequences ? outputs : hidden;
    }

    private static double[] Product(ArraySegment<double> weight, double[] x, ArraySegment<double>? bias) =>
        [.. Enumerable.Range(0, weight.Count / x.Length).Select(row =>
            (bias is { } added ? added[row] : 0) + x.Select((value, column) => value * weight[(row * x.Length) + column]).Sum())];
}

internal sealed class ReferenceSimpleRnn(SimpleRnnAttribute attribute, ReferenceContext context)
    : IReferenceLayer<SimpleRnnAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "simpleRnn"), context, gates: 1);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, _, _) =>
        [.. x.Zip(product, (left, right) => attribute.Activation == RecurrentActivation.Relu
            ? Math.Max(0, left + right)
            : Math.Tanh(left + right))]);
}

internal sealed class ReferenceLstm(LstmAttribute attribute, ReferenceContext context) : IReferenceLayer<LstmAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "lstm"), context, gates: 4);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, _, cells) =>
    {
        int units = attribute.Units;
        double[] hidden = new double[units];
        for (int i = 0; i < units; i++)
        {
            double Gate(int gate) => x[(gate * units) + i] + product[(gate * units) + i];
            cells[i] = (ReferenceRecurrence.Sigmoid(Gate(1)) * cells[i]) + (ReferenceRecurrence.Sigmoid(Gate(0)) * Math.Tanh(Gate(2)));
            hidden[i] = ReferenceRecurrence.Sigmoid(Gate(3)) * Math.Tanh(cells[i]);
        }

        return hidden;
    });
}

internal sealed class ReferenceGru(GruAttribute attribute, ReferenceContext context) : IReferenceLayer<GruAttribute>
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "gru"), context, gates: 3, twoBiases: true);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(input, (x, product, before, _) =>
    {
        int units = attribute.Units;
        double[] hidden = new double[units];
        for (int i = 0; i < units; i++)
        {
            double reset = ReferenceRecurrence.Sigmoid(x[i] + product[i]);
            double update = ReferenceRecurrence.Sigmoid(x[units + i] + product[units + i]);
            double candidate = Math.Tanh(x[(2 * units) + i] + (reset * product[(2 * units) + i]));
            hidden[i] = ((1 - update) * candidate) + (update * before[i]);
        }

        return hidden;
    });
}
