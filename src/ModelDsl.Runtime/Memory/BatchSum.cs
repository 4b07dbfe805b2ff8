namespace ModelDsl;

/// <summary>
/// What the gradients that a thread is computing are sums over: a batch, or a part of one whose other parts come before
/// and after it.
/// </summary>
/// <param name="Samples">The number of samples at hand.</param>
/// <param name="BatchSize">The number of samples of the whole batch.</param>
/// <param name="GoesOn">Whether the sums go on from those of the parts before, which the gradients hold.</param>
/// <param name="IsLast">Whether no part follows.</param>
internal readonly record struct BatchSum(int Samples, int BatchSize, bool GoesOn, bool IsLast)
{
    /// <summary>
    /// Sums are taken in blocks of so many samples, or of multiples of them: a batch that is divided at their bounds
    /// has the bits of one that is not.
    /// </summary>
    public const int BlockSamples = 32;

    /// <summary>
    /// The rows of one chain of additions, at least, where a sum has many: each visits the result once.
    /// </summary>
    private const int ChainRows = 256;

    /// <summary>
    /// That of the model whose gradients this thread has asked for last. It means something to who was given a view of
    /// them (<see cref="FloatSpan.IsGradient"/>), at the start of a kernel.
    /// </summary>
    public static BatchSum Current
    {
        get => ThreadMemory.Current.BatchSum;
        set => ThreadMemory.Current.BatchSum = value;
    }

    /// <summary>The rows of the blocks of samples that a sum is taken in.</summary>
    /// <param name="sums">Where the sum goes: what is no gradient is a sum over one block.</param>
    /// <param name="rows">The rows at hand.</param>
    public static int RowsOfBlock(FloatSpan sums, int rows) => sums.IsGradient
        ? (int)Math.Min(RowsOfBlock(Current.RowsPerSample(rows), least: 1), int.MaxValue)
        : Math.Max(1, rows);

    /// <summary>The rows of a block: <see cref="BlockSamples"/>, or as many of them as have so many rows.</summary>
    /// <param name="rowsPerSample">The rows of a sample.</param>
    /// <param name="least">The fewest rows of a block.</param>
    public static long RowsOfBlock(int rowsPerSample, int least)
    {
        long block = (long)BlockSamples * Math.Max(1, rowsPerSample);
        while (block < least)
        {
            block *= 2;
        }

        return block;
    }

    /// <summary>The rows of a sample in a matrix of so many rows.</summary>
    public int RowsPerSample(int rows) => Math.Max(1, rows / Math.Max(1, Samples));

    /// <summary>The rows of the whole batch, of which these are a part.</summary>
    public long WholeRows(int rows) => (long)RowsPerSample(rows) * BatchSize;

    /// <summary>
    /// The rows of the chains of additions that a long sum is divided into: as many as divide a block, so that chains
    /// begin where blocks do.
    /// </summary>
    public long RowsOfChain(int rows)
    {
        long chain = RowsOfBlock(RowsPerSample(rows), ChainRows);
        while (chain > 2 * ChainRows && chain % 2 == 0)
        {
            chain /= 2;
        }

        return chain;
    }
}
