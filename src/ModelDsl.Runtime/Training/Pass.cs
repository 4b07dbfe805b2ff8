namespace ModelDsl;

/// <summary>One pass over a data set in inference mode. Can be run again without allocation.</summary>
internal sealed class Pass
{
    private const int MaxDefaultBatchSize = 256;

    // 256 MiB, a part of what a buffer can hold.
    private const int MaxDefaultFloats = 1 << 26;

    private readonly IModel _model;
    private readonly BatchLoader _loader;
    private readonly Metrics _metrics;
    private readonly int[] _order;
    private readonly int _batchSize;

    /// <summary>A pass in batches of up to <paramref name="batchSize"/> samples; null for what <see cref="DefaultBatchSize"/> says.</summary>
    /// <exception cref="ArgumentException">The data set, or a metric, does not fit the model.</exception>
    public Pass(
        IModel model,
        IDataSource dataset,
        int? batchSize,
        ImmutableArray<Metric> metrics = default,
        bool withConfusion = false)
    {
        _batchSize = batchSize ?? DefaultBatchSize(model.Description);
        _model = model;
        _loader = new BatchLoader(model, dataset, _batchSize);
        _metrics = new Metrics(model.Description, dataset, metrics, withConfusion);
        _order = Indices.All(dataset.Count);
    }

    /// <summary>
    /// As many samples as make the kernels work well, or fewer where their activations would take more memory than is good; at
    /// least 1.
    /// </summary>
    public static int DefaultBatchSize(ModelDescription model)
    {
        int floatsPerSample = Math.Max(model.InferenceFloatsPerSample, model.InputShape.Count);
        return Math.Clamp(MaxDefaultFloats / Math.Max(1, floatsPerSample), 1, MaxDefaultBatchSize);
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
            count = BatchAt(first).Length;
            ReadOnlySpan<float> samples = _loader.Load(BatchAt(first), BatchAt(first + count), out Targets targets);
            float loss = _model.ComputeLoss(samples, targets);
            _metrics.Add(loss, penalty: 0, _model, targets, BatchAt(first));
        }

        return _metrics;
    }

    private ReadOnlySpan<int> BatchAt(int first) => _order.AsSpan(first, Math.Min(_batchSize, _order.Length - first));
}
