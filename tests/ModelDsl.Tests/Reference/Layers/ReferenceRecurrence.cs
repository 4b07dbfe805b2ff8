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

    /// <summary>The outputs of all steps or of the last one, as the attribute says.</summary>
    public double[] Forward(IEnumerable<RecurrenceOutputs> samples) =>
        [.. samples.SelectMany(sample => _sequences ? sample.Outputs : sample.Hidden)];

    /// <summary>
    /// The outputs, with a function that makes a step's output of W·x + b, U·h + d, h and a state that it may change.
    /// </summary>
    /// <param name="input">The steps of all samples.</param>
    /// <param name="hidden">The h that each sample begins with; null for zeros.</param>
    /// <param name="state">The state that each sample begins with; null for zeros.</param>
    /// <param name="next">The function.</param>
    public IEnumerable<RecurrenceOutputs> Run(
        double[] input,
        double[][]? hidden,
        double[][]? state,
        Func<double[], double[], double[], double[], double[]> next)
    {
        // Behind a layer that changes the number of steps there is no padding.
        int rows = input.Length / _features;
        bool[] isPadding = _context.IsPadding.Length == rows ? _context.IsPadding : new bool[rows];
        return input.Chunk(_steps * _features).Select((sample, number) => RunSample(
            sample,
            isPadding[(number * _steps)..((number + 1) * _steps)],
            [.. hidden?[number] ?? new double[_units]],
            [.. state?[number] ?? new double[_units]],
            next));
    }

    private RecurrenceOutputs RunSample(
        double[] sample,
        bool[] isPadding,
        double[] hidden,
        double[] state,
        Func<double[], double[], double[], double[], double[]> next)
    {
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

        return new RecurrenceOutputs(outputs, hidden, state);
    }

    private static double[] Product(ArraySegment<double> weight, double[] x, ArraySegment<double>? bias) =>
        [.. Enumerable.Range(0, weight.Count / x.Length).Select(row =>
            (bias is { } added ? added[row] : 0) + x.Select((value, column) => value * weight[(row * x.Length) + column]).Sum())];
}

/// <summary>What a recurrent layer makes of a sample.</summary>
/// <param name="Outputs">The outputs of all steps: [steps, units].</param>
/// <param name="Hidden">The output of the step that is read last: [units].</param>
/// <param name="State">The state behind that step: [units].</param>
internal sealed record RecurrenceOutputs(double[] Outputs, double[] Hidden, double[] State);

/// <summary>A recurrent layer that may begin with given states.</summary>
internal interface IReferenceRecurrence
{
    /// <summary>The outputs and last states of all samples.</summary>
    /// <param name="input">The steps of all samples.</param>
    /// <param name="hidden">The output before the first step of each sample; null for zeros.</param>
    /// <param name="state">The state before the first step of each sample; null for zeros.</param>
    IEnumerable<RecurrenceOutputs> Run(double[] input, double[][]? hidden, double[][]? state);
}

internal sealed class ReferenceSimpleRnn(SimpleRnnAttribute attribute, ReferenceContext context)
    : IReferenceLayer<SimpleRnnAttribute>, IReferenceRecurrence
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "simpleRnn"), context, gates: 1);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(Run(input, null, null));

    public IEnumerable<RecurrenceOutputs> Run(double[] input, double[][]? hidden, double[][]? state) =>
        _recurrence.Run(input, hidden, state, (x, product, _, _) =>
        [.. x.Zip(product, (left, right) => attribute.Activation == RecurrentActivation.Relu
            ? Math.Max(0, left + right)
            : Math.Tanh(left + right))]);
}

internal sealed class ReferenceLstm(LstmAttribute attribute, ReferenceContext context)
    : IReferenceLayer<LstmAttribute>, IReferenceRecurrence
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "lstm"), context, gates: 4);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(Run(input, null, null));

    public IEnumerable<RecurrenceOutputs> Run(double[] input, double[][]? initialHidden, double[][]? initialCells) =>
        _recurrence.Run(input, initialHidden, initialCells, (x, product, _, cells) =>
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

internal sealed class ReferenceGru(GruAttribute attribute, ReferenceContext context)
    : IReferenceLayer<GruAttribute>, IReferenceRecurrence
{
    private readonly ReferenceRecurrence _recurrence = new(
        attribute, context.NameOf(attribute, "gru"), context, gates: 3, twoBiases: true);

    public double[] Forward(double[] input, int batch) => _recurrence.Forward(Run(input, null, null));

    public IEnumerable<RecurrenceOutputs> Run(double[] input, double[][]? initial, double[][]? state) =>
        _recurrence.Run(input, initial, state, (x, product, before, _) =>
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
