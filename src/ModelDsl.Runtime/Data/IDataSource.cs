namespace ModelDsl;

/// <summary>
/// Samples with their targets, which can be taken in any order: what a <see cref="Trainer{TModel}"/> trains on and
/// measures on. <see cref="Dataset"/> holds them in memory; an implementation of your own may read them from anywhere.
/// </summary>
/// <remarks>
/// <para>
/// A sample has labels, values, both (for a model with several heads) or neither. Whoever implements this states the
/// numbers that are not 0 and writes the methods that go with them; the other members have defaults.
/// </para>
/// <para>
/// A source is used by one thread at a time, not always by the same one. Between two calls of
/// <see cref="StartEpoch"/> an index always stands for the same values, to the last bit; that makes a training
/// reproducible. What a gathering method throws ends the training and arrives at the caller of <c>Fit</c>. Gathering
/// should not allocate.
/// </para>
/// </remarks>
public interface IDataSource
{
    /// <summary>The number of samples, at least 1. Never changes.</summary>
    int Count { get; }

    /// <summary>The shape of one sample. Never changes.</summary>
    Shape SampleShape { get; }

    /// <summary>
    /// The number of labels of each sample: one, or one for each step of a sequence. Default: 0, samples without
    /// labels.
    /// </summary>
    int LabelsPerSample => 0;

    /// <summary>
    /// The number of classes: labels lie in [0, ClassCount), apart from those that a loss ignores. Default: 0, samples
    /// without labels.
    /// </summary>
    int ClassCount => 0;

    /// <summary>The number of target values of each sample. Default: 0, samples without values.</summary>
    int ValuesPerSample => 0;

    /// <summary>The name of each class. Default: empty, classes without names.</summary>
    ImmutableArray<string> ClassNames => [];

    /// <summary>
    /// The columns that divide the samples into groups, for <see cref="Metric.ByGroup"/>. Default: none. A view passes
    /// on what it is a view of.
    /// </summary>
    ImmutableArray<GroupColumn> Groups => [];

    /// <summary>
    /// The weight of each sample in the loss, finite and at least 0, as <see cref="Targets.SampleWeights"/> counts
    /// them. Default: empty, all samples have weight 1. Never changes. A view passes on what it is a view of;
    /// <see cref="DataWeights.WithSampleWeights"/> gives weights to a source.
    /// </summary>
    ImmutableArray<float> SampleWeights => [];

    /// <summary>Writes samples one after the other, for example into a model's input buffer.</summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>); an index may come twice.</param>
    /// <param name="destination">
    /// The destination: exactly as long as the samples, each of which takes as many floats as
    /// <see cref="SampleShape"/> counts. All values must be finite.
    /// </param>
    /// <exception cref="ArgumentException">An index is not within this source, or the destination has another
    /// length.</exception>
    void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination);

    /// <summary>Writes the labels of samples, one sample after the other. Default: throws.</summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>).</param>
    /// <param name="destination">The destination: <see cref="LabelsPerSample"/> labels for each sample.</param>
    /// <exception cref="InvalidOperationException">Samples have no labels.</exception>
    /// <exception cref="ArgumentException">An index is not within this source, or the destination has another
    /// length.</exception>
    void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination) =>
        throw new InvalidOperationException($"expected labels, but each sample has {ValuesPerSample} target values");

    /// <summary>Writes the target values of samples, one sample after the other. Default: throws.</summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>).</param>
    /// <param name="destination">The destination: <see cref="ValuesPerSample"/> floats for each sample.</param>
    /// <exception cref="InvalidOperationException">Samples have no target values.</exception>
    /// <exception cref="ArgumentException">An index is not within this source, or the destination has another
    /// length.</exception>
    void GatherValues(ReadOnlySpan<int> indices, Span<float> destination) =>
        throw new InvalidOperationException($"expected target values, but each sample has {LabelsPerSample} labels");

    /// <summary>
    /// Says that an epoch begins. A source whose samples differ from epoch to epoch, such as augmented images, changes
    /// them here and nowhere else. Default: does nothing. A view passes this on to what it is a view of.
    /// </summary>
    /// <param name="epoch">The number of the epoch, at least 1.</param>
    void StartEpoch(int epoch)
    {
    }

    /// <summary>
    /// Says which samples will most likely be gathered next, so that a source can begin to read them in the background.
    /// Returns at once. Default: does nothing. A view passes this on to what it is a view of.
    /// </summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>).</param>
    void Prepare(ReadOnlySpan<int> indices)
    {
    }
}
