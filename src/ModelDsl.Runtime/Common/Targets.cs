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
    /// Labels and values for a model with several heads: for each sample the labels of all heads that take labels, in
    /// the order of the heads, and likewise the values of those that take values. Either may be empty.
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

    /// <summary>
    /// A factor of each sample's loss, finite and at least 0; empty where all are 1. The mean of the batch is
    /// Σ w·l / Σ w, as PyTorch defines weighted means: a factor of all weights changes nothing. (Keras divides by the
    /// number of samples. <see cref="TotalWeights"/> of that number does the same.)
    /// </summary>
    /// <remarks>
    /// A sample of weight 0 adds nothing, and its part of the outputs' gradient is 0, even where its loss is not a
    /// number; in PyTorch and Keras 0 · NaN is NaN. Its label must be one that the loss knows. What the sample's own
    /// values make not finite within the network remains so. Batch normalisation measures all samples, whatever their
    /// weight.
    /// </remarks>
    public ReadOnlySpan<float> SampleWeights { get; init; }

    /// <summary>
    /// What the sum of the losses is divided by, finite and at least 0: one number, or with several heads one for each.
    /// Empty for the weight of these targets themselves, which makes the mean of the batch. 1 leaves the sum as it is;
    /// the total weight of a larger batch (<see cref="ModelDescription.AddTotalWeights"/>) makes the gradients of its
    /// parts add up to that of its mean.
    /// </summary>
    public ReadOnlySpan<double> TotalWeights { get; init; }

    /// <summary>One class label per sample, or per step of a sequence, one sample after the other.</summary>
    public static implicit operator Targets(ReadOnlySpan<int> labels) => new(labels);

    /// <summary>One class label per sample, or per step of a sequence, one sample after the other.</summary>
    public static implicit operator Targets(int[] labels) => new(labels.AsSpan());

    /// <summary>Values of the output's shape for each sample.</summary>
    public static implicit operator Targets(ReadOnlySpan<float> values) => new(values);

    /// <summary>Values of the output's shape for each sample.</summary>
    public static implicit operator Targets(float[] values) => new(values.AsSpan());
}

/// <summary>What weights of samples may be, wherever they come from.</summary>
internal static class SampleWeights
{
    /// <summary>Checks that there is one weight for each sample, and that a loss can be multiplied by each.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="parameter">What the exception names.</param>
    /// <exception cref="ArgumentException">There is another number, or one is negative or not finite.</exception>
    public static void Check(ReadOnlySpan<float> weights, int samples, string parameter)
    {
        if (weights.Length != samples)
        {
            throw new ArgumentException(
                $"expected {samples} sample weights (one for each sample), got {weights.Length}", parameter);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0f && weights[i] < float.PositiveInfinity))
            {
                throw new ArgumentException(
                    Invariant($"expected finite sample weights of at least 0, got {weights[i]} for sample {i}"),
                    parameter);
            }
        }
    }
}
