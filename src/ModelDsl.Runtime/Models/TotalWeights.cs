namespace ModelDsl;

/// <summary>
/// What takes part in the losses of a model, head by head: what the sum of the losses becomes a mean by.
/// </summary>
internal sealed class TotalWeights
{
    private static readonly ConditionalWeakTable<ModelDescription, TotalWeights> Known = [];

    private readonly Part[] _parts;

    private TotalWeights(ModelDescription model)
    {
        ImmutableArray<HeadDescription> heads = model.Heads.IsEmpty
            ?
            [
                new HeadDescription(model.Name, model.OutputShape, model.Loss)
                {
                    IgnoredLabel = model.IgnoredLabel,
                    ClassWeights = model.ClassWeights,
                    TargetCount = model.TargetCount,
                },
            ]
            : model.Heads;
        _parts = new Part[heads.Length];
        int firstLabel = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            HeadDescription head = heads[i];
            int labels = model.Heads.IsEmpty ? model.LabelsPerSample : head.LabelsPerSample;
            _parts[i] = new Part(head, firstLabel, labels);
            firstLabel += labels;
        }

        LabelsPerSample = firstLabel;
        CountsLabels = _parts.Any(static part => part.CountsLabels);
    }

    /// <summary>Those of a model, made once.</summary>
    public static TotalWeights Of(ModelDescription model) =>
        Known.GetValue(model, static description => new TotalWeights(description));

    /// <summary>The number of losses.</summary>
    public int Count => _parts.Length;

    /// <summary>Whether what a sample counts depends on its labels.</summary>
    public bool CountsLabels { get; }

    private int LabelsPerSample { get; }

    /// <inheritdoc cref="ModelDescription.AddTotalWeights"/>
    public void Add(Targets targets, int samples, Span<double> totals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (totals.Length != Count)
        {
            throw new ArgumentException(
                $"expected room for {Count} total weights, one for each loss, got {totals.Length}", nameof(totals));
        }

        ReadOnlySpan<float> weights = targets.SampleWeights;
        if (!weights.IsEmpty)
        {
            SampleWeights.Check(weights, samples, nameof(targets));
        }

        for (int i = 0; i < Count; i++)
        {
            Part part = _parts[i];
            if (!part.CountsLabels || targets.Labels.IsEmpty)
            {
                totals[i] = LossWeight.Add(totals[i], weights, samples, part.TermsPerSample);
                continue;
            }

            if (targets.Labels.Length != (long)samples * LabelsPerSample)
            {
                throw new ArgumentException(
                    $"expected {(long)samples * LabelsPerSample} labels ({samples} samples x {LabelsPerSample}), got "
                        + $"{targets.Labels.Length}",
                    nameof(targets));
            }

            for (int sample = 0; sample < samples; sample++)
            {
                ReadOnlySpan<int> labels =
                    targets.Labels.Slice((sample * LabelsPerSample) + part.FirstLabel, part.Labels);
                totals[i] = part.AddLabels(totals[i], labels, weights.IsEmpty ? 1f : weights[sample]);
            }
        }
    }

    /// <summary>One loss.</summary>
    private sealed class Part(HeadDescription head, int firstLabel, int labels)
    {
        private readonly float[] _classWeights = [.. head.ClassWeights];

        public int FirstLabel => firstLabel;

        public int Labels => labels;

        /// <summary>Whether what a sample counts depends on its labels.</summary>
        public bool CountsLabels => _classWeights.Length > 0 || head.IgnoredLabel is not null;

        /// <summary>What a sample of weight 1 counts, else.</summary>
        public double TermsPerSample { get; } = head.Loss.TermsPerSample(head.OutputShape);

        public double AddLabels(double total, ReadOnlySpan<int> labels, float weight)
        {
            foreach (int label in labels)
            {
                if (label != head.IgnoredLabel && _classWeights.Length > 0
                    && (uint)label >= (uint)_classWeights.Length)
                {
                    throw new ArgumentException(
                        Invariant($"expected labels from 0 to {_classWeights.Length - 1}, got {label}"), nameof(labels));
                }
            }

            return LossWeight.AddLabels(total, labels, weight, _classWeights, head.IgnoredLabel);
        }
    }
}
