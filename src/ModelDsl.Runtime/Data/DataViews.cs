namespace ModelDsl;

/// <summary>
/// What samples go through on their way from a source into a model. Each is a view: it holds no samples, and passes on
/// what it does not change.
/// </summary>
public static class DataViews
{
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
