namespace ModelDsl;

/// <summary>
/// What samples go through on their way from a source into a model. Each is a view: it holds no samples, and passes on
/// what it does not change.
/// </summary>
public static class DataViews
{
    /// <summary>
    /// The same source with normalised samples. The normalisation is one that was fitted on the training part, whatever
    /// part this is.
    /// </summary>
    /// <param name="source">A source of samples as large as those that the normalisation was fitted on.</param>
    /// <param name="normalization">The normalisation.</param>
    /// <exception cref="ArgumentException">Samples have another shape.</exception>
    public static IDataSource Normalize(this IDataSource source, Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(normalization);
        return source.SampleShape == normalization.SampleShape
            ? new NormalizedSource(source, normalization)
            : throw new ArgumentException(
                $"expected samples of {normalization.SampleShape}, which the normalisation was fitted on, got {source.SampleShape}",
                nameof(source));
    }

    /// <summary>The same source, whose images are changed at random, differently in each epoch.</summary>
    /// <param name="source">
    /// A source of images, [height, width] or [height, width, channels], with 0 for the background: the training part
    /// alone, and before it is normalised.
    /// </param>
    /// <param name="steps">The changes, in their order.</param>
    /// <exception cref="ArgumentException">Samples are no images; mixup comes twice, or samples have several labels or
    /// labels and values.</exception>
    public static IDataSource Augment(this IDataSource source, params ReadOnlySpan<Augmentation> steps) =>
        source.Augment(seed: 0, steps);

    /// <summary>The same source, whose images are changed at random, differently in each epoch.</summary>
    /// <remarks>
    /// What happens to a sample is a function of the seed, the epoch (see <see cref="IDataSource.StartEpoch"/>; 0 before
    /// the first), the sample's index and the step's place in the list. It depends neither on the batch nor on threads.
    /// Used by one thread at a time.
    /// </remarks>
    /// <param name="source">
    /// A source of images, [height, width] or [height, width, channels], with 0 for the background: the training part
    /// alone, and before it is normalised.
    /// </param>
    /// <param name="seed">Determines all changes.</param>
    /// <param name="steps">The changes, in their order.</param>
    /// <exception cref="ArgumentException">Samples are no images; mixup comes twice, or samples have several labels or
    /// labels and values.</exception>
    public static IDataSource Augment(this IDataSource source, ulong seed, params ReadOnlySpan<Augmentation> steps)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new AugmentedSource(source, seed, steps);
    }

    /// <summary>
    /// The same source, whose next batch is gathered on a thread of its own while the model trains. Put it last, so that
    /// all other views work on that thread too. Dispose it to end the thread; the source itself is not disposed.
    /// </summary>
    /// <param name="source">A source that is used by nobody else meanwhile.</param>
    public static PrefetchedSource Prefetch(this IDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PrefetchedSource(source, static thread => thread.Start());
    }
}

/// <summary>A view of a source.</summary>
internal interface IDataView
{
    /// <summary>What it is a view of.</summary>
    IDataSource Source { get; }
}
