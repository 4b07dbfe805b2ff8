namespace ModelDsl;

/// <summary>One of an epoch's figures that an observer goes by, and which of two values of it is better.</summary>
/// <remarks>What Keras calls <c>monitor</c> and <c>mode</c>.</remarks>
public sealed class Figure
{
    private readonly Func<EpochResult, double?> _read;

    /// <summary>A figure of one's own.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="higherIsBetter">Whether a higher value is better; else a lower one is.</param>
    /// <param name="read">The figure of an epoch, or null where it has none.</param>
    public Figure(string name, bool higherIsBetter, Func<EpochResult, double?> read)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(read);
        (Name, HigherIsBetter, _read) = (name, higherIsBetter, read);
    }

    /// <summary><see cref="EpochResult.Loss"/>; lower is better.</summary>
    public static Figure Loss { get; } = new("loss", higherIsBetter: false, result => result.Loss);

    /// <summary><see cref="EpochResult.Accuracy"/>; higher is better.</summary>
    public static Figure Accuracy { get; } = new("accuracy", higherIsBetter: true, result => result.Accuracy);

    /// <summary><see cref="EpochResult.ValidationLoss"/>; lower is better.</summary>
    public static Figure ValidationLoss { get; } =
        new("validation loss", higherIsBetter: false, result => result.ValidationLoss);

    /// <summary><see cref="EpochResult.ValidationAccuracy"/>; higher is better.</summary>
    public static Figure ValidationAccuracy { get; } =
        new("validation accuracy", higherIsBetter: true, result => result.ValidationAccuracy);

    /// <summary>One of <see cref="EpochResult.ValidationMetrics"/>, by its name and head.</summary>
    /// <param name="metric">One of <see cref="FitOptions.Metrics"/>.</param>
    /// <param name="higherIsBetter">Whether a higher value is better; else a lower one is.</param>
    public static Figure ValidationMetric(Metric metric, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new Figure(
            $"validation {metric.Name}",
            higherIsBetter,
            result => result.ValidationMetrics
                .Where(figure => figure.Name == metric.Name && figure.Head == metric.Head)
                .Select(figure => (double?)figure.Value)
                .FirstOrDefault());
    }

    /// <summary>What messages call the figure.</summary>
    public string Name { get; }

    /// <summary>Whether a higher value is better; else a lower one is.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The figure of an epoch.</summary>
    /// <exception cref="InvalidOperationException">The epoch has none.</exception>
    public double Of(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return _read(result) ?? throw new InvalidOperationException(
            Invariant($"expected epochs with a {Name}, got none in epoch {result.Epoch}; give Fit a validation set or split, ")
                + "or choose another figure");
    }

    /// <summary>Whether a value is better than the best so far by more than a margin. NaN is never better.</summary>
    internal bool IsBetter(double value, double? best, double margin = 0) => !double.IsNaN(value)
        && (best is null || (HigherIsBetter ? value > best + margin : value < best - margin));
}
