namespace ModelDsl.Runtime.Tests.Data;

/// <summary>
/// A source as a user writes it: sample i is the number i, and so is its target. It records what it is asked, and
/// throws where a test wants it to.
/// </summary>
internal sealed class NumberedSource(int count) : IDataSource
{
    private int _users;

    public List<int> Epochs { get; } = [];

    public List<int[]> Prepared { get; } = [];

    /// <summary>The threads that have gathered samples.</summary>
    public HashSet<Thread> Threads { get; } = [];

    /// <summary>Called with each index before its sample is written.</summary>
    public Action<int>? OnSample { get; set; }

    public int Count => count;

    public Shape SampleShape { get; } = new(1);

    public int ValuesPerSample => 1;

    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Assert.Equal(1, Interlocked.Increment(ref _users));
        try
        {
            lock (Threads)
            {
                Threads.Add(Thread.CurrentThread);
            }

            Write(indices, destination);
        }
        finally
        {
            Interlocked.Decrement(ref _users);
        }
    }

    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            destination[i] = indices[i];
        }
    }

    public void StartEpoch(int epoch) => Epochs.Add(epoch);

    public void Prepare(ReadOnlySpan<int> indices) => Prepared.Add(indices.ToArray());

    private void Write(ReadOnlySpan<int> indices, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            OnSample?.Invoke(indices[i]);
            destination[i] = indices[i];
        }
    }
}
