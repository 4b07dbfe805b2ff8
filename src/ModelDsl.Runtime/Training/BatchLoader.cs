namespace ModelDsl;

/// <summary>Brings a source's samples into a model, batch by batch, without a copy in between and without allocation.</summary>
internal sealed class BatchLoader
{
    // Where all processors are busy, a thread that loads data may wait for one as long as several steps take. Large
    // batches have long steps, and a few of them would take much memory.
    private const int MostBatchesAhead = PrefetchedSource.MostBatches;
    private const int MostFloatsAhead = 1 << 22;

    private readonly IModel _model;
    private readonly IDataSource _dataset;
    private readonly int _batchSize;
    private readonly int[] _labels;
    private readonly float[] _values;
    private readonly ImmutableArray<float> _sampleWeights;
    private readonly float[] _batchWeights;
    private readonly int _batchesAhead;

    // The last step whose samples were announced.
    private long _announcedStep = -1;

    /// <summary>A loader of batches of up to <paramref name="batchSize"/> samples.</summary>
    /// <exception cref="ArgumentException">The data set does not fit the model.</exception>
    public BatchLoader(IModel model, IDataSource dataset, int batchSize)
    {
        Check(model.Description, dataset);
        _model = model;
        _dataset = dataset;
        batchSize = _batchSize = Math.Min(batchSize, dataset.Count);
        _labels = new int[checked(batchSize * dataset.LabelsPerSample)];

        // A sigmoid's two classes are the values 0 and 1.
        int valuesPerSample = dataset.LabelsPerSample > 0 && model.Description.Loss == LossKind.BinaryCrossEntropy
            ? 1
            : dataset.ValuesPerSample;
        _values = new float[checked(batchSize * valuesPerSample)];
        long floats = Math.Max(1, (long)batchSize * dataset.SampleShape.Count);
        _batchesAhead = (int)Math.Clamp(MostFloatsAhead / floats, 1, MostBatchesAhead);
        _sampleWeights = CheckWeights(model.Description, dataset);
        _batchWeights = new float[_sampleWeights.IsEmpty ? 0 : batchSize];
    }

    /// <summary>Writes samples into the model's input buffer.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="next">Which samples come next; empty where none do. The source may begin to read them.</param>
    /// <param name="targets">What the model should answer, valid until the next call.</param>
    /// <returns>The model's input buffer.</returns>
    public ReadOnlySpan<float> Load(ReadOnlySpan<int> indices, ReadOnlySpan<int> next, out Targets targets)
    {
        Span<float> samples = LoadSamples(indices);
        targets = LoadTargets(indices) with { SampleWeights = LoadWeights(indices) };
        if (!next.IsEmpty)
        {
            _dataset.Prepare(next);
        }

        return samples;
    }

    /// <summary>
    /// Writes the samples of a step into the model's input buffer, and announces those of the next few.
    /// </summary>
    /// <param name="order">The order of the samples.</param>
    /// <param name="step">The step.</param>
    /// <param name="targets">What the model should answer, valid until the next call.</param>
    /// <returns>The model's input buffer.</returns>
    public ReadOnlySpan<float> Load(SampleOrder order, long step, out Targets targets)
    {
        ReadOnlySpan<float> samples = Load(order.SamplesOf(step), next: [], out targets);
        long last = step + _batchesAhead;
        if (_announcedStep < step || _announcedStep > last)
        {
            _announcedStep = step;
        }

        while (_announcedStep < last)
        {
            ReadOnlySpan<int> next = order.SamplesAfter(step, (int)(_announcedStep + 1 - step));
            if (next.IsEmpty)
            {
                break;
            }

            _dataset.Prepare(next);
            _announcedStep++;
        }

        return samples;
    }

    /// <summary>
    /// Adds what takes part in the loss of samples, which may be more than a batch of this loader, without their
    /// values.
    /// </summary>
    public void AddTotalWeights(ReadOnlySpan<int> indices, Span<double> totals)
    {
        TotalWeights weights = TotalWeights.Of(_model.Description);
        while (!indices.IsEmpty)
        {
            ReadOnlySpan<int> part = indices[..Math.Min(_batchSize, indices.Length)];
            indices = indices[part.Length..];
            Targets targets = weights.CountsLabels ? LoadTargets(part) : default;
            weights.Add(targets with { SampleWeights = LoadWeights(part) }, part.Length, totals);
        }
    }

    private Span<float> LoadSamples(ReadOnlySpan<int> indices)
    {
        using ModelHold hold = _model.Hold(ModelAccess.Compute);
        bool isThere = _dataset is PrefetchedSource prefetched
            && hold.State is { } state
            && prefetched.TryExchange(indices, ref state.InputMemory);
        Span<float> samples = _model.GetInputBuffer(indices.Length);
        if (!isThere)
        {
            _dataset.GatherSamples(indices, samples);
        }

        return samples;
    }

    private ReadOnlySpan<float> LoadWeights(ReadOnlySpan<int> indices)
    {
        if (_sampleWeights.IsEmpty)
        {
            return [];
        }

        for (int i = 0; i < indices.Length; i++)
        {
            _batchWeights[i] = _sampleWeights[indices[i]];
        }

        return _batchWeights.AsSpan(0, indices.Length);
    }

    private Targets LoadTargets(ReadOnlySpan<int> indices)
    {
        if (_dataset.LabelsPerSample > 0 && _dataset.ValuesPerSample > 0)
        {
            return LoadBoth(indices);
        }

        if (_dataset.LabelsPerSample == 0)
        {
            if (_dataset.ValuesPerSample == 0)
            {
                return default;
            }

            Span<float> values = _values.AsSpan(0, indices.Length * _dataset.ValuesPerSample);
            _dataset.GatherValues(indices, values);
            return new Targets((ReadOnlySpan<float>)values);
        }

        Span<int> labels = _labels.AsSpan(0, indices.Length * _dataset.LabelsPerSample);
        _dataset.GatherLabels(indices, labels);
        if (_values.Length == 0)
        {
            return new Targets((ReadOnlySpan<int>)labels);
        }

        for (int i = 0; i < labels.Length; i++)
        {
            _values[i] = labels[i];
        }

        return new Targets(_values.AsSpan(0, labels.Length));
    }

    // For a model with several heads.
    private Targets LoadBoth(ReadOnlySpan<int> indices)
    {
        Span<int> labels = _labels.AsSpan(0, indices.Length * _dataset.LabelsPerSample);
        Span<float> values = _values.AsSpan(0, indices.Length * _dataset.ValuesPerSample);
        _dataset.GatherLabels(indices, labels);
        _dataset.GatherValues(indices, values);
        return new Targets(labels, values);
    }

    private static ImmutableArray<float> CheckWeights(ModelDescription model, IDataSource dataset)
    {
        ImmutableArray<float> weights = dataset.SampleWeights;
        if (weights.IsDefaultOrEmpty)
        {
            return [];
        }

        try
        {
            SampleWeights.Check(weights.AsSpan(), dataset.Count, nameof(dataset));
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{model.Name}: {exception.Message}", exception);
        }

        return weights;
    }

    private static void CheckHeads(ModelDescription model, IDataSource dataset)
    {
        int labels = model.LabelsPerSample;
        int values = model.Heads.Sum(head => head.ValuesPerSample);
        if (dataset.LabelsPerSample != labels || dataset.ValuesPerSample != values)
        {
            IEnumerable<string> parts = model.Heads.Select(head => head.LabelsPerSample > 0
                ? $"{head.LabelsPerSample} labels for {head.Name}"
                : $"{head.ValuesPerSample} values for {head.Name}");
            throw new ArgumentException(
                $"{model.Name}: expected {labels} labels and {values} target values per sample ({string.Join(", ", parts)}), got "
                    + $"{dataset.LabelsPerSample} and {dataset.ValuesPerSample}",
                nameof(dataset));
        }
    }

    private static void Check(ModelDescription model, IDataSource dataset)
    {
        if (dataset.Count < 1)
        {
            throw new ArgumentException($"{model.Name}: expected at least one sample, got {dataset.Count}", nameof(dataset));
        }

        if (dataset.SampleShape.Count != model.InputShape.Count)
        {
            throw new ArgumentException(
                $"{model.Name}: expected {model.InputShape.Count} values per sample ({model.InputShape}), got "
                    + $"{dataset.SampleShape.Count} ({dataset.SampleShape})",
                nameof(dataset));
        }

        if (!model.Heads.IsEmpty)
        {
            CheckHeads(model, dataset);
            return;
        }

        int outputs = model.OutputShape.Count;
        if (dataset.LabelsPerSample > 0 && dataset.ValuesPerSample > 0)
        {
            throw new ArgumentException(
                $"{model.Name}: expected labels or target values for its one loss, got both", nameof(dataset));
        }

        if (dataset.LabelsPerSample == 0)
        {
            if (!model.Loss.TakesValues(outputs))
            {
                throw new ArgumentException($"{model.Name}: expected class labels for {model.Loss}, got values", nameof(dataset));
            }

            int values = model.ValuesPerSample;
            if (dataset.ValuesPerSample != values)
            {
                string each = model.TargetCount is null ? ", one for each output" : "";
                string expected =
                    values == 0 ? $"no targets for {model.Loss}" : $"{values} target values per sample{each}";
                throw new ArgumentException(
                    $"{model.Name}: expected {expected}, got {dataset.ValuesPerSample}", nameof(dataset));
            }

            return;
        }

        if (!model.Loss.TakesLabels(outputs))
        {
            int values = model.ValuesPerSample;
            string expected = values == 0 ? "no targets" : $"{values} target values per sample";
            throw new ArgumentException($"{model.Name}: expected {expected} for {model.Loss}, got class labels", nameof(dataset));
        }

        if (dataset.LabelsPerSample != model.LabelsPerSample)
        {
            throw new ArgumentException(
                $"{model.Name}: expected {model.LabelsPerSample} labels per sample, got {dataset.LabelsPerSample}",
                nameof(dataset));
        }

        int outputsPerLabel = outputs / model.LabelsPerSample;
        int classes = model.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => outputsPerLabel,
            LossKind.Contrastive => 2,
            LossKind.LabelMethod => int.MaxValue,
            _ => Math.Max(2, outputsPerLabel),
        };
        if (dataset.ClassCount > classes)
        {
            throw new ArgumentException(
                $"{model.Name}: expected labels of {classes} classes, got {dataset.ClassCount} classes", nameof(dataset));
        }
    }
}
