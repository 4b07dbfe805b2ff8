namespace ModelDsl;

/// <summary>Sums the figures of a pass over a data set, batch by batch, for a model and each of its heads.</summary>
internal sealed class Metrics
{
    private readonly HeadMetrics[] _heads;
    private readonly TotalWeights _weights;
    private readonly double[] _batchWeights;
    private readonly bool _isSingle;
    private readonly MetricSet? _chosen;
    private double _penaltySum;

    /// <summary>Figures for a model.</summary>
    /// <param name="description">The model.</param>
    /// <param name="data">What the passes go over.</param>
    /// <param name="chosen">What to measure besides.</param>
    /// <param name="withConfusion">Whether to count which class was taken for which.</param>
    /// <exception cref="ArgumentException">A metric does not fit the model or the data.</exception>
    public Metrics(
        ModelDescription description, IDataSource data, ImmutableArray<Metric> chosen, bool withConfusion = false)
    {
        _chosen = chosen.IsDefaultOrEmpty ? null : new MetricSet(description, chosen, data);
        _isSingle = description.Heads.IsEmpty;
        _heads = [.. HeadLayout.Of(description).Select(head => new HeadMetrics(head, withConfusion))];
        _weights = TotalWeights.Of(description);
        _batchWeights = new double[_weights.Count];
    }

    /// <summary>The number of samples so far.</summary>
    public int Samples { get; private set; }

    /// <summary>
    /// The mean loss so far, over what took part in it, and the mean of the penalties over the samples. With several
    /// heads the sum of their means, each times its weight.
    /// </summary>
    public double Loss
    {
        get
        {
            double loss = Samples == 0 ? 0 : _penaltySum / Samples;
            foreach (HeadMetrics head in _heads)
            {
                loss += head.Layout.Description.Weight * head.Loss;
            }

            return loss;
        }
    }

    /// <summary>
    /// The share of right classifications so far; null where the loss knows none, and for several heads.
    /// </summary>
    public double? Accuracy => _isSingle ? _heads[0].Accuracy : null;

    /// <summary>The mean of |output − target| so far; null for classes, and for several heads.</summary>
    public double? MeanAbsoluteError => _isSingle ? _heads[0].MeanAbsoluteError : null;

    /// <summary>
    /// How often each class was taken for each, if asked for and where targets are single classes of one head.
    /// </summary>
    public ConfusionMatrix? Confusion => _isSingle ? _heads[0].Confusion : null;

    /// <summary>The figures of each of several heads; else empty.</summary>
    public ImmutableArray<HeadResult> Heads => _isSingle ? [] : [.. _heads.Select(head => head.Result)];

    /// <summary>The figures of the metrics that were asked for.</summary>
    public ImmutableArray<MetricResult> Chosen => _chosen?.Results ?? [];

    /// <summary>What the metrics that were asked for are called.</summary>
    public ImmutableArray<string> Names => _chosen?.Names ?? [];

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        (_penaltySum, Samples) = (0, 0);
        _chosen?.Reset();
        foreach (HeadMetrics head in _heads)
        {
            head.Reset();
        }
    }

    /// <summary>What was counted, for a checkpoint between two batches.</summary>
    public MetricMemory Save()
    {
        var memory = new MetricMemory();
        Remember(memory);
        _chosen?.Remember(memory);
        return memory;
    }

    /// <summary>
    /// Goes on from what <see cref="Save"/> gave. Where other metrics were asked for then, those of now count from here
    /// on.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not that of this model and these metrics.</exception>
    public void Restore(ImmutableArray<string> names, ReadOnlySpan<double> numbers, ReadOnlySpan<float> values)
    {
        Reset();
        var memory = new MetricMemory(numbers, values);
        Remember(memory);
        if (names.SequenceEqual(Names))
        {
            _chosen?.Remember(memory);
            memory.RequireEnd();
        }
    }

    private void Remember(MetricMemory memory)
    {
        memory.Keep(ref _penaltySum);
        long samples = Samples;
        memory.Keep(ref samples);
        Samples = samples <= int.MaxValue ? (int)samples : throw MetricMemory.Unexpected();
        foreach (HeadMetrics head in _heads)
        {
            head.Remember(memory);
        }
    }

    /// <summary>Adds one batch, or a part of one.</summary>
    /// <param name="loss">The batch's mean loss, without penalties, or what the part adds to it.</param>
    /// <param name="penalty">The penalties, likewise.</param>
    /// <param name="model">The model, after the batch or the part.</param>
    /// <param name="targets">What its outputs should have been.</param>
    /// <param name="indices">Which samples of the data.</param>
    /// <param name="batchSize">The number of samples of the whole batch; null where these are all of them.</param>
    public void Add(
        double loss, double penalty, IModel model, Targets targets, ReadOnlySpan<int> indices, int? batchSize = null)
    {
        int count = indices.Length;
        _penaltySum += penalty * (batchSize ?? count);
        Samples += count;
        ReadOnlySpan<float> outputs = model.Outputs;
        ReadOnlySpan<float> losses = model.HeadLosses;
        Array.Clear(_batchWeights);
        _weights.Add(targets, count, _batchWeights);
        for (int i = 0; i < _heads.Length; i++)
        {
            HeadMetrics head = _heads[i];
            for (int sample = 0; sample < count; sample++)
            {
                head.Add(head.Layout.Sample(outputs, targets, count, sample, index: sample));
            }

            double divisor = targets.TotalWeights.IsEmpty ? _batchWeights[i] : targets.TotalWeights[i];
            head.AddLoss((_isSingle ? loss : losses[i]) * divisor, _batchWeights[i]);
        }

        _chosen?.Add(model, targets, indices);
    }
}
