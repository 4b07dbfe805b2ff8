using System.Globalization;

namespace ModelDsl;

/// <summary>The mean of |output − target| over all outputs.</summary>
internal sealed class MeanAbsoluteErrorState : MetricState
{
    private double _sum;
    private long _count;

    /// <inheritdoc />
    public override double Value => _sum / _count;

    /// <inheritdoc />
    public override void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(ref _sum);
        memory.Keep(ref _count);
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        for (int i = 0; i < sample.Outputs.Length; i++)
        {
            _sum += Math.Abs((double)sample.Outputs[i] - sample.Values[i]);
        }

        _count += sample.Outputs.Length;
    }
}

/// <summary>A figure of each output of a regression, and their mean.</summary>
/// <param name="outputs">The number of outputs.</param>
internal abstract class OutputState(int outputs) : MetricState
{
    private long _count;

    /// <summary>The sum of the squared errors of each output.</summary>
    protected double[] SquaredErrors { get; } = new double[outputs];

    /// <summary>The number of samples.</summary>
    protected long Count => _count;

    /// <inheritdoc />
    public override double Value
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < SquaredErrors.Length; i++)
            {
                sum += Of(i);
            }

            return sum / SquaredErrors.Length;
        }
    }

    /// <inheritdoc />
    public override ImmutableArray<MetricPart> Parts =>
    [
        .. Enumerable.Range(0, SquaredErrors.Length).Select(
            number => new MetricPart("output " + number.ToString(CultureInfo.InvariantCulture), Of(number), Count)),
    ];

    /// <inheritdoc />
    public override void Reset()
    {
        Array.Clear(SquaredErrors);
        _count = 0;
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(ref _count);
        memory.Keep(SquaredErrors);
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        _count++;
        for (int i = 0; i < SquaredErrors.Length; i++)
        {
            double error = (double)sample.Outputs[i] - sample.Values[i];
            SquaredErrors[i] += error * error;
        }
    }

    /// <summary>The figure of an output.</summary>
    protected abstract double Of(int output);
}

/// <summary>√(mean of (output − target)²).</summary>
internal sealed class RootMeanSquaredErrorState(int outputs) : OutputState(outputs)
{
    /// <inheritdoc />
    protected override double Of(int output) => Math.Sqrt(SquaredErrors[output] / Count);
}

/// <summary>
/// R² = 1 − Σ(target − output)² / Σ(target − mean target)², the share of the targets' variance that is explained.
/// </summary>
internal sealed class R2State(int outputs) : OutputState(outputs)
{
    // Of each output's targets, by Welford's recurrence: squares of large targets would cancel.
    private readonly double[] _means = new double[outputs];
    private readonly double[] _deviations = new double[outputs];

    /// <inheritdoc />
    public override void Reset()
    {
        base.Reset();
        Array.Clear(_means);
        Array.Clear(_deviations);
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        base.Remember(memory);
        memory.Keep(_means);
        memory.Keep(_deviations);
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        base.Add(sample);
        for (int i = 0; i < _means.Length; i++)
        {
            double difference = sample.Values[i] - _means[i];
            _means[i] += difference / Count;
            _deviations[i] += difference * (sample.Values[i] - _means[i]);
        }
    }

    /// <inheritdoc />
    protected override double Of(int output) =>
        Count < 2 || double.IsNaN(SquaredErrors[output]) ? double.NaN
        : _deviations[output] > 0 ? 1 - (SquaredErrors[output] / _deviations[output])

        // Targets that are all the same: nothing to explain.
        : SquaredErrors[output] == 0 ? 1 : 0;
}
