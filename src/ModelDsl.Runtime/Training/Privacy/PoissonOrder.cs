namespace ModelDsl;

/// <summary>
/// Poisson sampling: each step takes each sample with the same probability, whatever it took before, so that batches
/// differ in size and may be empty. What the account of a private training assumes. Allocates nothing once it is made.
/// </summary>
internal sealed class PoissonOrder : ISampleOrder
{
    private const double Words = 1L << 32;

    private readonly IDataSource _source;
    private readonly Philox _random;
    private readonly ulong _threshold;
    private readonly Batch[] _batches;
    private long _pass = -1;

    /// <summary>The batches of a source.</summary>
    /// <param name="source">The samples; told where a pass begins.</param>
    /// <param name="batchSize">The expected number of samples of a step, at least 1.</param>
    /// <param name="dropLast">Whether a pass has fewer steps rather than more where they do not divide evenly.</param>
    /// <param name="seed">What the batches are drawn from.</param>
    /// <exception cref="ArgumentException">A pass has no step.</exception>
    public PoissonOrder(IDataSource source, int batchSize, bool dropLast, ulong seed)
    {
        BatchesPerPass = SampleOrder.BatchesOf(source, batchSize, dropLast);
        (_source, Count) = (source, source.Count);
        _random = new Philox(seed);
        _threshold = (ulong)Math.Round(Math.Min(1.0, (double)batchSize / Count) * Words);
        _batches = [new Batch(Count), new Batch(Count)];
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int BatchesPerPass { get; }

    /// <summary>The probability that a sample is in a batch.</summary>
    public double SampleRate => _threshold / Words;

    /// <summary>A size that few batches exceed: four standard deviations above the mean.</summary>
    public static int LargeBatch(int batchSize) =>
        (int)Math.Min(int.MaxValue, batchSize + Math.Ceiling(4 * Math.Sqrt(batchSize)));

    /// <inheritdoc/>
    public ReadOnlySpan<int> SamplesOf(long step)
    {
        long pass = step / BatchesPerPass;
        if (pass != _pass)
        {
            _source.StartEpoch((int)Math.Min(pass + 1, int.MaxValue));
            _pass = pass;
        }

        return Draw(step);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> SamplesAfter(long step) => (step + 1) % BatchesPerPass == 0 ? [] : Draw(step + 1);

    // This step's batch and the next one's are asked for in turn.
    private ReadOnlySpan<int> Draw(long step)
    {
        Batch batch = _batches[step % 2];
        if (batch.Step != step)
        {
            _random.Restart(RandomStreams.Poisson(step), block: 0);
            batch.Step = step;
            batch.Length = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_random.NextUInt32() < _threshold)
                {
                    batch.Samples[batch.Length++] = i;
                }
            }
        }

        return batch.Samples.AsSpan(0, batch.Length);
    }

    private sealed class Batch(int count)
    {
        public int[] Samples { get; } = new int[count];

        public int Length { get; set; }

        public long Step { get; set; } = -1;
    }
}
