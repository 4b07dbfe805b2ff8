namespace ModelDsl;

/// <summary>One pass over a data set in inference mode. Can be run again without allocation.</summary>
internal sealed class Pass
{
    private readonly IModel _model;
    private readonly BatchLoader _loader;
    private readonly Metrics _metrics;
    private readonly int[] _order;
    private readonly int _batchSize;

    /// <summary>A pass in batches of up to <paramref name="batchSize"/> samples.</summary>
    /// <exception cref="ArgumentException">The data set does not fit the model.</exception>
    public Pass(IModel model, Dataset dataset, int batchSize, bool withConfusion = false)
    {
        _model = model;
        _loader = new BatchLoader(model, dataset, batchSize);
        _metrics = new Metrics(model.Description, withConfusion);
        _order = Dataset.All(dataset.Count);
        _batchSize = batchSize;
    }

    /// <summary>The figures over all samples.</summary>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public Metrics Run(CancellationToken cancellationToken)
    {
        _metrics.Reset();
        int count = 0;
        for (int first = 0; first < _order.Length; first += count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = Math.Min(_batchSize, _order.Length - first);
            ReadOnlySpan<float> samples = _loader.Load(_order.AsSpan(first, count), out Targets targets);
            float loss = _model.ComputeLoss(samples, targets);
            _metrics.Add(loss, _model, targets, count);
        }

        return _metrics;
    }
}
