namespace ModelDsl;

/// <summary>Gives the samples of sources weights in the loss.</summary>
public static class DataWeights
{
    /// <summary>
    /// The same samples, each with a weight in the loss: training and measuring divide the sum of the weighted losses
    /// by the sum of the weights (see <see cref="Targets.SampleWeights"/>). Subsets and splits keep each sample's
    /// weight. Accuracy and other metrics count every sample the same, as Keras' <c>metrics</c> do.
    /// </summary>
    /// <param name="source">The samples; weights that they have are replaced.</param>
    /// <param name="weights">The weight of each sample, finite and at least 0, and not all 0.</param>
    /// <exception cref="ArgumentException">
    /// There is not one weight for each sample, one is negative or not finite, or all are 0.
    /// </exception>
    public static IDataSource WithSampleWeights(this IDataSource source, params ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(source);
        SampleWeights.Check(weights, source.Count, nameof(weights));
        return weights.ContainsAnyExcept(0f)
            ? new WeightedData(source, [.. weights])
            : throw new ArgumentException(
                $"expected a sample whose weight is not 0, got {source.Count} weights of 0", nameof(weights));
    }

    private sealed class WeightedData(IDataSource source, ImmutableArray<float> weights) : SourceView(source)
    {
        public override ImmutableArray<float> SampleWeights { get; } = weights;
    }
}
