namespace ModelDsl;

/// <summary>Where a training is, as a checkpoint keeps it beside the tensors.</summary>
internal sealed record TrainingPlace
{
    /// <summary>What must be the same for a training to go on, by the names of <see cref="FitOptions"/>.</summary>
    public required SortedDictionary<string, string> Options { get; init; }

    public required long Step { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The batches of the epoch that are done.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Whether an epoch has begun and is not over; its validation is missing where all batches are done.
    /// </summary>
    public required bool IsEpochOpen { get; init; }

    /// <summary>The time that the epoch at hand has taken.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>What of it went into data.</summary>
    public TimeSpan LoadingTime { get; init; }

    public required string? StopMessage { get; init; }

    /// <summary>The names of the metrics that were asked for.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];

    /// <summary>
    /// The numbers of <see cref="ModelDsl.Metrics.Save"/>, in one row or several; its values are a tensor.
    /// </summary>
    public required double[][] Sums { get; init; }

    /// <summary>The values of <see cref="ModelDsl.Metrics.Save"/>.</summary>
    public float[] MetricValues { get; init; } = [];

    public required ImmutableArray<EpochResult> Epochs { get; init; }

    /// <summary>As <see cref="IModel.TrainingStep"/>.</summary>
    public long ModelStep { get; init; }

    /// <summary>As <see cref="IModel.DropoutSeed"/>.</summary>
    public ulong DropoutSeed { get; init; }

    public string? OptimizerKind { get; init; }

    public long OptimizerSteps { get; init; }

    public float LearningRate { get; init; }

    /// <summary>The updates of the average of the weights; null where none is kept.</summary>
    public long? AverageUpdates { get; init; }

    /// <summary>The loss scale; null where the model has none.</summary>
    public float? LossScale { get; init; }

    /// <summary>As <see cref="LossScaler.FiniteSteps"/>.</summary>
    public int FiniteSteps { get; init; }

    /// <summary>What the observers remember, by their key; the tensors stand in the file.</summary>
    public ImmutableArray<ObserverPlace> Observers { get; init; } = [];

    /// <summary>What a training depends on besides the model and the optimizer.</summary>
    public static SortedDictionary<string, string> OptionsOf(FitOptions options, int samples, int stepsPerEpoch)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Samples"] = Invariant($"{samples}"),
            [nameof(FitOptions.BatchSize)] = Invariant($"{options.BatchSize}"),
            [nameof(FitOptions.MicroBatchSize)] = Invariant($"{options.MicroBatchSize ?? options.BatchSize}"),
            [nameof(FitOptions.StepsPerEpoch)] = Invariant($"{stepsPerEpoch}"),
            [nameof(FitOptions.DropLast)] = Invariant($"{options.DropLast}"),
            [nameof(FitOptions.Shuffle)] = Invariant($"{options.Shuffle}"),
            [nameof(FitOptions.Seed)] = Invariant($"{options.Seed}"),
            [nameof(FitOptions.ValidationSplit)] = Invariant($"{options.ValidationSplit}"),
        };
        if (options.WeightAverageDecay is { } decay)
        {
            all[nameof(FitOptions.WeightAverageDecay)] = Invariant($"{decay}");
        }

        return all;
    }

    /// <summary>The figures of an epoch without matrices of classes, which a checkpoint does not keep.</summary>
    public static EpochResult WithoutMatrices(EpochResult result)
    {
        return result with { Metrics = Bare(result.Metrics), ValidationMetrics = Bare(result.ValidationMetrics) };

        static ImmutableArray<MetricResult> Bare(ImmutableArray<MetricResult> metrics) =>
            [.. metrics.Select(metric => metric with { Confusion = null })];
    }

    /// <summary>Checks that a training of these options can go on from here.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public void Check(SortedDictionary<string, string> options, int stepsPerEpoch)
    {
        foreach (string name in options.Keys.Union(Options.Keys))
        {
            string? saved = Options.GetValueOrDefault(name);
            string? value = options.GetValueOrDefault(name);
            if (saved != value)
            {
                throw new InvalidDataException(
                    $"expected a training of the same {PrintableText.Name(name)}, which is "
                        + $"{PrintableText.Escape(saved ?? "missing")} in the checkpoint, got {value ?? "none"}");
            }
        }

        foreach (string name in Options.Keys.Where(name => !options.ContainsKey(name)))
        {
            throw new InvalidDataException(
                $"expected a training of the same {PrintableText.Escape(name)}, which is "
                    + $"{PrintableText.Escape(Options[name])} in the checkpoint, got none");
        }

        // An epoch that is over counts as begun.
        long before = (Epoch - 1L) * stepsPerEpoch;
        if (Epoch < 0 || Batch < 0 || Batch > stepsPerEpoch || (Epoch > 0 ? Step != before + Batch : Step != 0))
        {
            throw new InvalidDataException(
                Invariant($"expected step {before + Batch} for batch {Batch} of epoch {Epoch}, got step {Step}"));
        }
    }
}

/// <summary>What one observer remembers.</summary>
/// <param name="Key">The observer's class and its number among those of its class.</param>
/// <param name="Texts">As <see cref="ObserverState.Texts"/>.</param>
/// <param name="Tensors">The names of <see cref="ObserverState.Tensors"/>.</param>
internal sealed record ObserverPlace(string Key, Dictionary<string, string> Texts, ImmutableArray<string> Tensors);
