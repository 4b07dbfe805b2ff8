namespace ModelDsl;

/// <summary>
/// Pass after pass over the data, each in an order that depends on nothing but the seed and the number of the pass.
/// Allocates nothing once it is made.
/// </summary>
internal sealed class SampleOrder : ISampleOrder
{
    private readonly IDataSource _source;
    private readonly int _batchSize;
    private readonly ulong? _seed;
    private readonly int[] _order;
    private long _pass = -1;

    /// <summary>The order of a source.</summary>
    /// <param name="source">The samples; told where a pass begins.</param>
    /// <param name="batchSize">The number of samples of a step, at least 1.</param>
    /// <param name="dropLast">Whether samples that do not fill a batch are left out of a pass.</param>
    /// <param name="seed">What the orders are drawn from; null to take the samples as they come.</param>
    /// <exception cref="ArgumentException">No batch is left.</exception>
    public SampleOrder(IDataSource source, int batchSize, bool dropLast, ulong? seed)
    {
        BatchesPerPass = BatchesOf(source, batchSize, dropLast);
        (_source, _batchSize, _seed) = (source, batchSize, seed);
        _order = Indices.All(source.Count);
    }

    /// <inheritdoc/>
    public int Count => _order.Length;

    /// <inheritdoc/>
    public int BatchesPerPass { get; }

    /// <summary>The number of batches of a pass over a source.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int BatchesOf(IDataSource source, int batchSize, bool dropLast)
    {
        int batches = dropLast ? source.Count / batchSize : ((source.Count - 1) / batchSize) + 1;
        return batches > 0
            ? batches
            : throw new ArgumentException(
                Invariant($"expected a batch size of at most the {source.Count} samples there are, got {batchSize}"),
                nameof(batchSize));
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> SamplesOf(long step)
    {
        (long pass, long batch) = Math.DivRem(step, BatchesPerPass);
        StartPass(pass);
        return BatchAt(batch);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> SamplesAfter(long step) => SamplesAfter(step, count: 1);

    /// <summary>Those of a later step where it is one of the same pass; else none.</summary>
    /// <param name="step">The step whose samples were asked for last.</param>
    /// <param name="count">How many steps after it, at least 1.</param>
    public ReadOnlySpan<int> SamplesAfter(long step, int count)
    {
        long batch = (step % BatchesPerPass) + count;
        return batch < BatchesPerPass ? BatchAt(batch) : [];
    }

    private void StartPass(long pass)
    {
        if (pass == _pass)
        {
            return;
        }

        _source.StartEpoch((int)Math.Min(pass + 1, int.MaxValue));
        if (_seed is { } seed)
        {
            Indices.FillInOrder(_order);
            new Philox(seed, RandomStreams.Shuffle(pass + 1)).Shuffle(_order.AsSpan());
        }

        _pass = pass;
    }

    private ReadOnlySpan<int> BatchAt(long batch)
    {
        int first = (int)batch * _batchSize;
        return _order.AsSpan(first, Math.Min(_batchSize, _order.Length - first));
    }
}
