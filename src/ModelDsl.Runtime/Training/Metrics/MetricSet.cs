namespace ModelDsl;

/// <summary>
/// Several metrics of one pass after the other over a data set, batch by batch, for any of a model's heads.
/// </summary>
public sealed class MetricSet
{
    private readonly ImmutableArray<Metric> _metrics;
    private readonly MetricState[] _states;
    private readonly HeadLayout[] _layouts;

    /// <summary>Checks that metrics fit a model and data, and takes the memory for a pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="metrics">What to measure; each name once for a head.</param>
    /// <param name="data">What passes go over; needed by metrics of groups, which it has the columns of.</param>
    /// <exception cref="ArgumentException">
    /// A metric does not fit its head, names one that the model does not have, or comes twice.
    /// </exception>
    public MetricSet(ModelDescription model, IEnumerable<Metric> metrics, IDataSource? data = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(metrics);
        _metrics = [.. metrics];
        _states = new MetricState[_metrics.Length];
        _layouts = new HeadLayout[_metrics.Length];
        ImmutableArray<HeadLayout> heads = HeadLayout.Of(model);
        for (int i = 0; i < _metrics.Length; i++)
        {
            Metric metric = _metrics[i]
                ?? throw new ArgumentException($"{model.Name}: expected metrics, got null", nameof(metrics));
            _layouts[i] = Find(model, heads, metric);
            _states[i] = metric.Start(
                new MetricContext(metric.Name, model.Name, _layouts[i], data?.Count ?? 0, data?.Groups ?? []));
            if (_metrics.Take(i).Any(earlier => earlier.Name == metric.Name && earlier.Head == metric.Head))
            {
                throw new ArgumentException(
                    $"{model.Name}: expected each metric once, got {metric.Name} twice", nameof(metrics));
            }
        }
    }

    /// <summary>
    /// The figures so far, in the order of the metrics. Later batches do not change what was returned.
    /// </summary>
    public ImmutableArray<MetricResult> Results
    {
        get
        {
            var results = ImmutableArray.CreateBuilder<MetricResult>(_states.Length);
            for (int i = 0; i < _states.Length; i++)
            {
                MetricState state = _states[i];
                results.Add(new MetricResult(_metrics[i].Name, state.Value)
                {
                    Head = _metrics[i].Head,
                    Parts = state.Parts,
                    Confusion = state.Confusion?.Copy(),
                });
            }

            return results.MoveToImmutable();
        }
    }

    /// <summary>What the metrics are called, those of heads with the head.</summary>
    internal ImmutableArray<string> Names =>
        [.. _metrics.Select(metric => metric.Head is null ? metric.Name : $"{metric.Head}: {metric.Name}")];

    /// <summary>Starts over, for the next pass.</summary>
    public void Reset()
    {
        foreach (MetricState state in _states)
        {
            state.Reset();
        }
    }

    /// <summary>Names all that was counted, for a checkpoint within a pass.</summary>
    internal void Remember(MetricMemory memory)
    {
        foreach (MetricState state in _states)
        {
            state.Remember(memory);
        }
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="model">The model, after the batch.</param>
    /// <param name="targets">What its outputs should have been.</param>
    /// <param name="indices">Which samples of the data set the batch consists of.</param>
    public void Add(IModel model, Targets targets, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(model);
        ReadOnlySpan<float> outputs = model.Outputs;
        for (int i = 0; i < _states.Length; i++)
        {
            for (int sample = 0; sample < indices.Length; sample++)
            {
                _states[i].Add(_layouts[i].Sample(outputs, targets, indices.Length, sample, indices[sample]));
            }
        }
    }

    private static HeadLayout Find(ModelDescription model, ImmutableArray<HeadLayout> heads, Metric metric)
    {
        if (model.Heads.IsEmpty)
        {
            return metric.Head is null
                ? heads[0]
                : throw new ArgumentException(
                    $"{model.Name}: expected a metric of the model, which has no heads, got {metric.Name} "
                        + $"of head {metric.Head}");
        }

        return heads.FirstOrDefault(head => head.Description.Name == metric.Head) ?? throw new ArgumentException(
            $"{model.Name}: expected the metric {metric.Name} to be of one of the heads "
                + $"{string.Join(", ", model.Heads.Select(head => head.Name))} (OfHead), got {metric.Head ?? "none"}");
    }
}
