namespace ModelDsl;

/// <summary>
/// Reduces the optimizer's learning rate when a figure of the epochs has stopped getting better. As Keras'
/// <c>ReduceLROnPlateau</c>; the rule itself is <see cref="ReduceOnPlateau"/>.
/// </summary>
/// <param name="rule">When to reduce it, and by how much. Its rate is that of the first epoch.</param>
public sealed class ReduceLearningRateOnPlateau(ReduceOnPlateau rule) : IResumableObserver
{
    private readonly ReduceOnPlateau _rule = rule ?? throw new ArgumentNullException(nameof(rule));
    private TrainingRun? _run;

    /// <summary>The figure to go by. Default: the validation loss.</summary>
    public Figure Figure { get; init; } = Figure.ValidationLoss;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A schedule sets the rate too.</exception>
    public void OnStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Options.Schedule is not null)
        {
            throw new InvalidOperationException(
                $"expected either {nameof(FitOptions)}.{nameof(FitOptions.Schedule)} or {nameof(ReduceLearningRateOnPlateau)}, got both");
        }

        _run = run;
        run.Optimizer.LearningRate = _rule.LearningRate;
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        _rule.Report(Figure.Of(result), Figure.HigherIsBetter);
        _run!.Optimizer.LearningRate = _rule.LearningRate;
    }

    /// <inheritdoc />
    public ObserverState SaveState()
    {
        PlateauState state = _rule.State;
        var saved = new ObserverState();
        saved.Add(nameof(state.LearningRate), state.LearningRate);
        saved.Add(nameof(state.BadReports), state.BadReports);
        saved.Add(nameof(state.Cooldown), state.Cooldown);
        if (state.Best is { } best)
        {
            saved.Add(nameof(state.Best), best);
        }

        return saved;
    }

    /// <inheritdoc />
    public void RestoreState(ObserverState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            _rule.State = new PlateauState(
                (float)(state.Number(nameof(PlateauState.LearningRate)) ?? double.NaN),
                state.Number(nameof(PlateauState.Best)),
                state.Count(nameof(PlateauState.BadReports)),
                state.Count(nameof(PlateauState.Cooldown)));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException(
                $"expected what a {nameof(ReduceLearningRateOnPlateau)} remembers, got something else", exception);
        }
    }
}
