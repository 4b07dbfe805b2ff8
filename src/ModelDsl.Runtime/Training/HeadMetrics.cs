namespace ModelDsl;

/// <summary>Sums the figures of one head of a model, sample by sample.</summary>
internal sealed class HeadMetrics
{
    private readonly AccuracyState? _accuracy;
    private readonly ConfusionState? _confusion;
    private readonly MeanAbsoluteErrorState? _absoluteError;
    private double _lossSum;
    private double _weight;

    /// <summary>Figures for a head.</summary>
    /// <param name="layout">The head.</param>
    /// <param name="withConfusion">Whether to count which class was taken for which.</param>
    public HeadMetrics(HeadLayout layout, bool withConfusion)
    {
        Layout = layout;
        _accuracy = layout.HasClasses ? new AccuracyState() : null;
        _absoluteError = layout.Description.Loss.IsRegression() ? new MeanAbsoluteErrorState() : null;
        if (withConfusion
            && layout is { HasClasses: true, IsMultiLabel: false, ClassCount: <= ConfusionState.MaxClasses })
        {
            _confusion = new ConfusionState(layout.ClassCount);
        }
    }

    /// <summary>The head.</summary>
    public HeadLayout Layout { get; }

    /// <summary>The mean loss so far, over what took part; 0 where nothing did.</summary>
    public double Loss => _weight > 0 ? _lossSum / _weight : 0;

    /// <summary>The share of right classifications so far; null where the loss knows none.</summary>
    public double? Accuracy => _accuracy is { Judged: > 0 } ? _accuracy.Value : null;

    /// <summary>The mean of |output − target| so far; null for classes.</summary>
    public double? MeanAbsoluteError => _absoluteError?.Value;

    /// <summary>How often each class was taken for each, if asked for and where targets are single classes.</summary>
    public ConfusionMatrix? Confusion => _confusion?.Confusion;

    /// <summary>All figures.</summary>
    public HeadResult Result => new(Layout.Description.Name, Loss, Accuracy, Confusion, MeanAbsoluteError);

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        (_lossSum, _weight) = (0, 0);
        _accuracy?.Reset();
        _confusion?.Reset();
        _absoluteError?.Reset();
    }

    /// <summary>Adds the loss of a batch.</summary>
    /// <param name="sum">The sum of the losses.</param>
    /// <param name="weight">What takes part in it; a batch of which nothing does has no mean.</param>
    public void AddLoss(double sum, double weight)
    {
        if (weight > 0)
        {
            _lossSum += sum;
            _weight += weight;
        }
    }

    /// <summary>Names all that was counted, for a checkpoint between two batches.</summary>
    public void Remember(MetricMemory memory)
    {
        memory.Keep(ref _lossSum);
        memory.Keep(ref _weight);
        Remember(memory, _accuracy);
        Remember(memory, _absoluteError);
        _confusion?.Remember(memory);

        // What a head does not have is kept as zeros.
        static void Remember(MetricMemory memory, MetricState? state)
        {
            if (state is null)
            {
                memory.Keep(new long[2]);
            }
            else
            {
                state.Remember(memory);
            }
        }
    }

    /// <summary>Adds one sample.</summary>
    public void Add(in MetricSample sample)
    {
        _accuracy?.Add(sample);
        _confusion?.Add(sample);
        _absoluteError?.Add(sample);
    }
}
