namespace ModelDsl;

/// <summary>
/// Stops a training whose validation has not become better for a number of epochs. As Keras' <c>EarlyStopping</c>.
/// </summary>
public sealed class EarlyStopping : IResumableObserver
{
    private const string BestKey = "best";
    private const string EpochKey = "epoch";
    private const string SinceKey = "since";
    private const string ParametersKey = "parameters";

    private TrainingRun? _run;
    private double? _best;
    private int _bestEpoch;
    private int _since;
    private float[] _parameters = [];

    /// <summary>The figure to go by. Default: the validation loss.</summary>
    public Figure Figure { get; init; } = Figure.ValidationLoss;

    /// <summary>
    /// The number of epochs without a better figure after which the training stops, at least 1. Default: 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Patience
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }
    = 1;

    /// <summary>How much better a figure must be to count, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double MinimumChange
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    /// <summary>
    /// Whether the model gets the parameters and statistics of its best epoch back when the training ends, unless it
    /// was cancelled. They are kept in memory. Default: true, where Keras' default is false.
    /// </summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The epoch of the best figure; null before there is one.</summary>
    public int? BestEpoch => _best is null ? null : _bestEpoch;

    /// <summary>The best figure; null before there is one.</summary>
    public double? BestValue => _best;

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (_run, _best, _since) = (run, null, 0);
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        double value = Figure.Of(result);
        if (Figure.IsBetter(value, _best, MinimumChange))
        {
            (_best, _bestEpoch, _since) = (value, result.Epoch, 0);
            if (RestoreBest)
            {
                Span<float> parameters = _run!.Model.Parameters;
                _parameters = _parameters.Length == parameters.Length ? _parameters : new float[parameters.Length];
                parameters.CopyTo(_parameters);
            }

            return;
        }

        _since++;
        if (_since >= Patience)
        {
            _run!.Stop(_best is null
                ? Invariant($"the {Figure.Name} was not a number in {_since} epochs")
                : Invariant($"the {Figure.Name} has not become better than {_best} of epoch {_bestEpoch} in {_since} epochs"));
        }
    }

    /// <inheritdoc />
    public void OnEnded(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (RestoreBest && _best is not null && history.EndReason != EndReason.Cancelled)
        {
            _parameters.CopyTo(_run!.Model.Parameters);
        }
    }

    /// <inheritdoc />
    public ObserverState SaveState()
    {
        var state = new ObserverState();
        if (_best is { } best)
        {
            state.Add(BestKey, best);
            state.Add(EpochKey, _bestEpoch);
            state.Tensors.Add(ParametersKey, RestoreBest ? _parameters : []);
        }

        state.Add(SinceKey, _since);
        return state;
    }

    /// <inheritdoc />
    public void RestoreState(ObserverState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double? best = state.Number(BestKey);
        if (best is not null)
        {
            float[] parameters = state.Tensors.GetValueOrDefault(ParametersKey) ?? [];
            if (RestoreBest && parameters.Length != _run!.Model.Parameters.Length)
            {
                throw new InvalidDataException(
                    $"expected the parameters that an {nameof(EarlyStopping)} remembers, got {parameters.Length} values");
            }

            (_parameters, _bestEpoch) = (parameters, state.Count(EpochKey));
        }

        (_best, _since) = (best, state.Count(SinceKey));
    }
}
