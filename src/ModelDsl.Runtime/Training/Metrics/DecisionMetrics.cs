namespace ModelDsl;

/// <summary>The share of answers for which something holds.</summary>
internal abstract class ShareState : MetricState
{
    private long _holds;
    private long _judged;

    /// <summary>The number of answers that were judged.</summary>
    public long Judged => _judged;

    /// <inheritdoc />
    public override double Value => Judged == 0 ? double.NaN : _holds / (double)Judged;

    /// <inheritdoc />
    public override void Reset() => (_holds, _judged) = (0, 0);

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        for (int row = 0; row < sample.Rows; row++)
        {
            if (!sample.IsIgnored(row) && IsJudged(sample, row))
            {
                _judged++;
                _holds += Holds(sample, row) ? 1 : 0;
            }
        }
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(ref _holds);
        memory.Keep(ref _judged);
    }

    /// <summary>Whether a row belongs to the answers that the share is of.</summary>
    protected virtual bool IsJudged(in MetricSample sample, int row) => true;

    /// <summary>Whether it holds for a row.</summary>
    protected abstract bool Holds(in MetricSample sample, int row);
}

/// <summary>The share of answers that are right.</summary>
internal sealed class AccuracyState : ShareState
{
    /// <inheritdoc />
    protected override bool Holds(in MetricSample sample, int row) =>
        sample.PredictedClass(row) == sample.TargetClass(row);
}

/// <summary>
/// The share of answers whose class is among the k of the highest outputs; of equal outputs the first is higher.
/// </summary>
internal sealed class TopKAccuracyState(int k) : ShareState
{
    /// <inheritdoc />
    protected override bool Holds(in MetricSample sample, int row)
    {
        ReadOnlySpan<float> outputs = sample.OutputsOf(row);
        int target = sample.TargetClass(row);
        float score = outputs[target];
        int before = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            before += outputs[i] > score || (outputs[i] == score && i < target) ? 1 : 0;
        }

        return before < k && !float.IsNaN(score);
    }
}

/// <summary>The share of answers that are one class, of all or of those that should be another.</summary>
internal sealed class PositiveRateState(int positive, bool amongNegatives) : ShareState
{
    /// <inheritdoc />
    protected override bool IsJudged(in MetricSample sample, int row) =>
        !amongNegatives || sample.TargetClass(row) != positive;

    /// <inheritdoc />
    protected override bool Holds(in MetricSample sample, int row) => sample.PredictedClass(row) == positive;
}

/// <summary>How often each class was taken for each; its figure is the accuracy.</summary>
internal sealed class ConfusionState(int classCount) : MetricState
{
    // A matrix of more classes is nothing that anyone would look at, and would take memory by their square.
    public const int MaxClasses = 1000;

    private readonly AccuracyState _accuracy = new();

    /// <inheritdoc />
    public override double Value => _accuracy.Value;

    /// <inheritdoc />
    public override ConfusionMatrix Confusion { get; } = new(classCount);

    /// <inheritdoc />
    public override void Reset()
    {
        _accuracy.Reset();
        Confusion.Clear();
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        _accuracy.Remember(memory);
        Confusion.Remember(memory);
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        _accuracy.Add(sample);
        for (int row = 0; row < sample.Rows; row++)
        {
            if (!sample.IsIgnored(row))
            {
                Confusion.Add(sample.TargetClass(row), sample.PredictedClass(row));
            }
        }
    }
}
