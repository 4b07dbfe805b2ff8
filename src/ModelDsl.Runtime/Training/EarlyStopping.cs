using System.Globalization;

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
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), Invariant($"expected at least 1, got {value}"));
    }
    = 1;

    /// <summary>How much better a figure must be to count, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double MinimumChange
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MinimumChange), Invariant($"expected a finite value of at least 0, got {value}"));
    }

    /// <summary>
    /// Whether the model gets the parameters and statistics of its best epoch back when the training ends, unless it was
    /// cancelled. They are kept in memory. Default: true, where Keras' default is false.
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
            state.Texts.Add(BestKey, best.ToString("R", CultureInfo.InvariantCulture));
            state.Texts.Add(EpochKey, Invariant($"{_bestEpoch}"));
            state.Tensors.Add(ParametersKey, RestoreBest ? _parameters : []);
        }

        state.Texts.Add(SinceKey, Invariant($"{_since}"));
        return state;
    }

    /// <inheritdoc />
    public void RestoreState(ObserverState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double? best = null;
        if (state.Texts.TryGetValue(BestKey, out string? text))
        {
            best = double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : throw NotMine();
            float[] parameters = state.Tensors.GetValueOrDefault(ParametersKey) ?? [];
            if (RestoreBest && parameters.Length != _run!.Model.Parameters.Length)
            {
                throw NotMine();
            }

            _parameters = parameters;
            _bestEpoch = Whole(state, EpochKey);
        }

        (_best, _since) = (best, Whole(state, SinceKey));
    }

    private static int Whole(ObserverState state, string key) =>
        int.TryParse(state.Texts.GetValueOrDefault(key), CultureInfo.InvariantCulture, out int value) && value >= 0
            ? value
            : throw NotMine();

    private static InvalidDataException NotMine() =>
        new($"expected what an {nameof(EarlyStopping)} of the same settings remembers, got something else");
}
