namespace ModelDsl;

/// <summary>
/// Writes checkpoints while a model is trained, to go on from with <see cref="FitOptions.ResumeFrom"/>, or to take the
/// best model from. As Keras' <c>ModelCheckpoint</c>, but a file holds the whole training.
/// </summary>
public sealed class ModelCheckpoint : IResumableObserver
{
    private const string BestKey = "best";
    private const string EpochPlaceholder = "{epoch}";
    private const string StepPlaceholder = "{step}";

    private readonly string _path;
    private readonly Queue<string> _written = new();
    private TrainingRun? _run;
    private double? _best;

    /// <summary>Writes to a path.</summary>
    /// <param name="path">
    /// A safetensors file, replaced each time; <c>{epoch}</c> and <c>{step}</c> in it make several files.
    /// </param>
    public ModelCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>
    /// Write only when this figure of an epoch is better than in all epochs before; null to write after every epoch.
    /// </summary>
    public Figure? BestOf { get; init; }

    /// <summary>
    /// Write also after so many steps, at least 1; null for none. Not together with <see cref="BestOf"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? EverySteps
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// How many files to keep of a path with placeholders, at least 1; older ones that this training wrote are deleted.
    /// Null for all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Keep
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }

    /// <summary>
    /// Whether a training that is cancelled writes a checkpoint of its last step, if it took any. Default: true, unless
    /// <see cref="BestOf"/> is given.
    /// </summary>
    public bool? WhenCancelled { get; init; }

    /// <summary>The file that was written last; null before there is one.</summary>
    public string? LastPath { get; private set; }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (EverySteps is not null && BestOf is not null)
        {
            throw new InvalidOperationException(
                $"expected either {nameof(EverySteps)} or {nameof(BestOf)}: a figure belongs to an epoch");
        }

        (_run, _best) = (run, null);
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        // The last batch of an epoch is followed by the epoch's own checkpoint.
        if (EverySteps is { } steps && result.Step % steps == 0 && result.Batch < result.Batches)
        {
            Write();
        }
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        if (BestOf is { } figure)
        {
            double value = figure.Of(result);
            if (!figure.IsBetter(value, _best))
            {
                return;
            }

            _best = value;
        }

        Write();
    }

    /// <inheritdoc />
    public void OnEnded(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.EndReason == EndReason.Cancelled && history.Steps > 0 && (WhenCancelled ?? BestOf is null))
        {
            Write();
        }
    }

    /// <inheritdoc />
    public ObserverState SaveState()
    {
        var state = new ObserverState();
        if (_best is { } best)
        {
            state.Add(BestKey, best);
        }

        foreach (string path in _written)
        {
            state.Texts.Add(Invariant($"{state.Texts.Count}"), path);
        }

        return state;
    }

    /// <inheritdoc />
    public void RestoreState(ObserverState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Number(BestKey);
        _written.Clear();
        foreach (string path in state.Texts
            .Where(text => text.Key != BestKey)
            .OrderBy(text => text.Key.Length).ThenBy(text => text.Key, StringComparer.Ordinal)
            .Select(text => text.Value))
        {
            _written.Enqueue(path);
        }
    }

    private void Write()
    {
        string path = _path
            .Replace(EpochPlaceholder, Invariant($"{_run!.Epoch}"), StringComparison.Ordinal)
            .Replace(StepPlaceholder, Invariant($"{_run.Step}"), StringComparison.Ordinal);
        _run.SaveCheckpoint(path, () => OnWritten(path));
    }

    // Only now, so that at every moment there are as many complete files as are to be kept.
    private void OnWritten(string path)
    {
        LastPath = path;
        if (Keep is not { } keep || _written.Contains(path))
        {
            return;
        }

        _written.Enqueue(path);
        while (_written.Count > keep)
        {
            File.Delete(_written.Dequeue());
        }
    }
}
