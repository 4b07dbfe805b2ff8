namespace ModelDsl;

/// <summary>Brings a data set's samples into a model, batch by batch, without a copy in between and without allocation.</summary>
internal sealed class BatchLoader
{
    private readonly IModel _model;
    private readonly Dataset _dataset;
    private readonly int[] _labels;
    private readonly float[] _values;

    /// <summary>A loader of batches of up to <paramref name="batchSize"/> samples.</summary>
    /// <exception cref="ArgumentException">The data set does not fit the model.</exception>
    public BatchLoader(IModel model, Dataset dataset, int batchSize)
    {
        Check(model.Description, dataset);
        _model = model;
        _dataset = dataset;
        batchSize = Math.Min(batchSize, dataset.Count);
        _labels = new int[checked(batchSize * dataset.LabelsPerSample)];

        // A sigmoid's two classes are the values 0 and 1.
        int valuesPerSample = dataset.HasLabels && model.Description.Loss == LossKind.BinaryCrossEntropy
            ? 1
            : dataset.ValuesPerSample;
        _values = new float[checked(batchSize * valuesPerSample)];
    }

    /// <summary>Writes samples into the model's input buffer.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="targets">What the model should answer, valid until the next call.</param>
    /// <returns>The model's input buffer.</returns>
    public ReadOnlySpan<float> Load(ReadOnlySpan<int> indices, out Targets targets)
    {
        Span<float> samples = _model.GetInputBuffer(indices.Length);
        _dataset.GatherSamples(indices, samples);
        targets = LoadTargets(indices);
        return samples;
    }

    private Targets LoadTargets(ReadOnlySpan<int> indices)
    {
        if (!_dataset.HasLabels)
        {
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

    private static void Check(ModelDescription model, Dataset dataset)
    {
        if (dataset.SampleShape.Count != model.InputShape.Count)
        {
            throw new ArgumentException(
                $"{model.Name}: expected {model.InputShape.Count} values per sample ({model.InputShape}), got "
                    + $"{dataset.SampleShape.Count} ({dataset.SampleShape})",
                nameof(dataset));
        }

        int outputs = model.OutputShape.Count;
        if (!dataset.HasLabels)
        {
            // A single output's margin also takes the values -1 and 1.
            if (model.Loss == LossKind.Hinge && outputs > 1)
            {
                throw new ArgumentException($"{model.Name}: expected class labels for {model.Loss}, got values", nameof(dataset));
            }

            if (dataset.ValuesPerSample != outputs)
            {
                throw new ArgumentException(
                    $"{model.Name}: expected {outputs} target values per sample, one for each output, got "
                        + $"{dataset.ValuesPerSample}",
                    nameof(dataset));
            }

            return;
        }

        if (model.Loss is LossKind.MeanSquaredError or LossKind.MeanAbsoluteError || (model.Loss == LossKind.BinaryCrossEntropy && outputs > 1))
        {
            throw new ArgumentException(
                $"{model.Name}: expected {outputs} target values per sample for {model.Loss}, got class labels",
                nameof(dataset));
        }

        if (dataset.LabelsPerSample != model.LabelsPerSample)
        {
            throw new ArgumentException(
                $"{model.Name}: expected {model.LabelsPerSample} labels per sample, got {dataset.LabelsPerSample}",
                nameof(dataset));
        }

        int outputsPerLabel = outputs / model.LabelsPerSample;
        int classes = model.Loss == LossKind.SoftmaxCrossEntropy ? outputsPerLabel : Math.Max(2, outputsPerLabel);
        if (dataset.ClassCount > classes)
        {
            throw new ArgumentException(
                $"{model.Name}: expected labels of {classes} classes, got {dataset.ClassCount} classes", nameof(dataset));
        }
    }
}
