namespace ModelDsl;

/// <summary>
/// The targets of a batch: class labels, or values of the output's shape; both where a model has several heads.
/// </summary>
public readonly ref struct Targets
{
    /// <summary>One class label per sample, or per step of a sequence, one sample after the other.</summary>
    public Targets(ReadOnlySpan<int> labels) => Labels = labels;

    /// <summary>Values of the output's shape for each sample, one sample after the other.</summary>
    public Targets(ReadOnlySpan<float> values) => Values = values;

    /// <summary>
    /// Labels and values for a model with several heads: for each sample the labels of all heads that take labels, in the
    /// order of the heads, and likewise the values of those that take values. Either may be empty.
    /// </summary>
    public Targets(ReadOnlySpan<int> labels, ReadOnlySpan<float> values)
    {
        Labels = labels;
        Values = values;
    }

    /// <summary>One class label per sample, or per step of a sequence; or empty.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>The output's values for each sample, one sample after the other, or empty.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>One class label per sample, or per step of a sequence, one sample after the other.</summary>
    public static implicit operator Targets(ReadOnlySpan<int> labels) => new(labels);

    /// <summary>One class label per sample, or per step of a sequence, one sample after the other.</summary>
    public static implicit operator Targets(int[] labels) => new(labels.AsSpan());

    /// <summary>Values of the output's shape for each sample.</summary>
    public static implicit operator Targets(ReadOnlySpan<float> values) => new(values);

    /// <summary>Values of the output's shape for each sample.</summary>
    public static implicit operator Targets(float[] values) => new(values.AsSpan());
}
