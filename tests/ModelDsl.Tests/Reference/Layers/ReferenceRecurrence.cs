namespace ModelDsl.Tests.Reference.Layers;

/// <summary>What recurrent layers have in common: the order of the steps, products and states.</summary>
internal sealed class ReferenceRecurrence
{
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
        string name, ReferenceContext context, int gates, int units, bool sequences, bool backwards, bool bias, bool twoBiases)
    {
        (_steps, _features) = (context.Shape[0], context.Shape[1]);
        (_units, _sequences, _backwards) = (units, sequences, backwards);
        _weight = context.Parameter($"{name}.weight", gates * units, _features);
        _recurrentWeight = context.Parameter($"{name}.recurrentWeight", gates * units, units);
        _bias = bias ? context.Parameter($"{name}.bias", gates * units) : (ArraySegment<double>?)null;
        _recurrentBias = bias && twoBiases ? context.Parameter($"{name}.recurrentBias", gates * units) : (ArraySegment<double>?)null;
        context.Shape = sequences ? [_steps, units] : [units];
    }

    /// <summary>
    /// The outputs, with a function that makes a step's output of W·x + b, U·h + d, h and a state that it may change.
    /// </summary>
    public double[] Forward(double[] input, Func<double[], double[], double[], double[], double[]> next) =>
        [.. input.Chunk(_steps * _features).SelectMany(sample => ForwardSample(sample, next))];

    private double[] ForwardSample(double[] sample, Func<double[], double[], double[], double[], double[]> next)
    {
        double[] hidden = new double[_units];
        double[] state = new double[_units];
        double[] outputs = new double[_steps * _units];
        for (int number = 0; number < _steps; number++)
        {
            int step = _backwards ? _steps - 1 - number : number;
            double[] x = sample[(step * _features)..((step + 1) * _features)];
            hidden = next(Product(_weight, x, _bias), Product(_recurrentWeight, hidden, _recurrentBias), hidden, state);
            hidden.CopyTo(outputs, step * _units);
        }

        return _sequences ? outputs : hidden;
    }

    private static double[] Product(ArraySegment<double> weight, double[] x, ArraySegment<double>? bias) =>
        [.. Enumerable.Range(0, weight.Count / x.Length).Select(row =>
            (bias is { } added ? added[row] : 0) + x.Select((value, column) => value * weight[(row * x.Length) + column]).Sum())];
}
