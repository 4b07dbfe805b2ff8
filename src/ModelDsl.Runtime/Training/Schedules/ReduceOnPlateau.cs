namespace ModelDsl;

/// <summary>
/// Reduces the learning rate where a figure, such as the validation loss, has stopped getting better. PyTorch's
/// ReduceLROnPlateau, with its defaults (Keras': patience 10, an absolute threshold of 1e-4).
/// </summary>
/// <param name="learningRate">The rate before the first reduction.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
public sealed class ReduceOnPlateau(float learningRate)
{
    // PyTorch leaves a rate alone that would change by less.
    private const float SmallestChange = 1e-8f;

    private double? _best;
    private int _badReports;
    private int _cooldown;

    /// <summary>The learning rate, after what was reported so far.</summary>
    public float LearningRate { get; private set; } = SettingChecks.NotNegative(learningRate, nameof(learningRate));

    /// <summary>What a reduction multiplies the rate by, in [0, 1). Default: 0.1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Factor
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.1f;

    /// <summary>How many reports in a row may be no better before one more reduces the rate, at least 0. Default:
    /// 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience
    {
        get;
        init => field = NotNegative(value, nameof(Patience));
    } = 10;

    /// <summary>How many reports after a reduction do not count as bad, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cooldown
    {
        get;
        init => field = NotNegative(value, nameof(Cooldown));
    }

    /// <summary>
    /// By how much a figure must be better to count: a part of the best one, or, with
    /// <see cref="IsThresholdAbsolute"/>, a difference; at least 0. Default: 1e-4.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Threshold
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 1e-4f;

    /// <summary>Whether <see cref="Threshold"/> is a difference. Default: false.</summary>
    public bool IsThresholdAbsolute { get; init; }

    /// <summary>The rate that no reduction goes below, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float MinLearningRate
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    /// <summary>What a training that stops has to keep to continue alike.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the state is out of range.</exception>
    public PlateauState State
    {
        get => new(LearningRate, _best, _badReports, _cooldown);
        set
        {
            LearningRate = SettingChecks.NotNegative(value.LearningRate, nameof(value));
            _badReports = NotNegative(value.BadReports, nameof(value));
            _cooldown = NotNegative(value.Cooldown, nameof(value));
            _best = value.Best;
        }
    }

    /// <summary>Takes the figure of an epoch, or of any other measurement.</summary>
    /// <param name="metric">The figure. NaN is no better than any other.</param>
    /// <param name="higherIsBetter">
    /// Whether a higher figure is better, as of an accuracy; the same for all reports. Default: false, as of a loss.
    /// </param>
    /// <returns>Whether <see cref="LearningRate"/> was reduced.</returns>
    public bool Report(double metric, bool higherIsBetter = false)
    {
        if (IsBetter(metric, higherIsBetter))
        {
            _best = metric;
            _badReports = 0;
        }
        else
        {
            _badReports++;
        }

        if (_cooldown > 0)
        {
            _cooldown--;
            _badReports = 0;
        }

        if (_badReports <= Patience)
        {
            return false;
        }

        _cooldown = Cooldown;
        _badReports = 0;
        float reduced = Math.Max(LearningRate * Factor, MinLearningRate);
        bool isReduced = LearningRate - reduced > SmallestChange;
        LearningRate = isReduced ? reduced : LearningRate;
        return isReduced;
    }

    private bool IsBetter(double metric, bool higherIsBetter)
    {
        if (_best is not { } best)
        {
            return !double.IsNaN(metric);
        }

        double margin = IsThresholdAbsolute ? Threshold : Threshold * Math.Abs(best);
        return higherIsBetter ? metric > best + margin : metric < best - margin;
    }

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}

/// <summary>What <see cref="ReduceOnPlateau"/> remembers.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Best">The best figure so far; null before the first.</param>
/// <param name="BadReports">How many reports in a row were no better, at least 0.</param>
/// <param name="Cooldown">How many of the next reports do not count as bad, at least 0.</param>
public readonly record struct PlateauState(float LearningRate, double? Best, int BadReports, int Cooldown);
