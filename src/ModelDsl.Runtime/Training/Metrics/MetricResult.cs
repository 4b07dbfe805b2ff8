namespace ModelDsl;

/// <summary>What a pass over a data set found for one metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">
/// The figure; not a number where it is not defined for these samples, such as the area under the curve of a single
/// class.
/// </param>
public sealed record MetricResult(string Name, double Value)
{
    /// <summary>The head that was measured; null where the model has one only.</summary>
    public string? Head { get; init; }

    /// <summary>The figure of each class, group or the like; empty where it has no parts.</summary>
    public ImmutableArray<MetricPart> Parts { get; init; } = [];

    /// <summary>How often each class was taken for each, of a metric that counts it; else null.</summary>
    public ConfusionMatrix? Confusion { get; init; }
}

/// <summary>What a metric found for a part of the samples.</summary>
/// <param name="Name">The class, the group or the like.</param>
/// <param name="Value">The figure; not a number where it is not defined.</param>
/// <param name="Count">How many samples, or steps of sequences, it is about.</param>
public readonly record struct MetricPart(string Name, double Value, long Count);
