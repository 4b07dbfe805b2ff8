using System.Runtime.ExceptionServices;

namespace ModelDsl;

/// <summary>
/// A source whose next batches are gathered on a thread of its own while the model trains on the one before. Samples,
/// their order and all bits are those of the source. Made by <see cref="DataViews.Prefetch"/>.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Prepare"/> starts to gather a batch; up to four are kept, besides the one that lies in the model's
/// memory. A <see cref="Trainer{TModel}"/> announces as many, or fewer where they are large. Whatever is asked for
/// without having been prepared is gathered at once, on the caller's thread. The source is never used by both threads
/// at a time.
/// </para>
/// <para>
/// What the source throws on the thread is thrown where the batch is asked for. Where the system starts no threads, as
/// in a browser, everything is gathered when it is asked for.
/// </para>
/// </remarks>
public sealed class PrefetchedSource : IDataSource, IDataView, IDisposable
{
    /// <summary>The most batches that are kept.</summary>
    internal const int MostBatches = 4;

    private readonly IDataSource _source;
    private readonly Action<Thread> _start;
    private readonly object _gate = new();
    private Thread? _thread;
    private bool _hasNoThread;

    // What is below belongs to whoever holds the gate; a batch, while it is being gathered, to the thread.
    private readonly PrefetchedBatch[] _batches = new PrefetchedBatch[MostBatches];

    // The first batches are those that were announced, in this order; the others are free.
    private int _announced;
    private PrefetchedBatch? _gathered;
    private int _callers;
    private bool _isDisposed;

    // Memory that is exchanged with a model's has this length, so that it need not be taken again.
    private int _sampleLength;

    /// <summary>A view of a source, whose thread is started by <paramref name="start"/>.</summary>
    internal PrefetchedSource(IDataSource source, Action<Thread> start)
    {
        _source = source;
        _start = start;
        for (int i = 0; i < MostBatches; i++)
        {
            _batches[i] = new PrefetchedBatch();
        }
    }

    IDataSource IDataView.Source => _source;

    /// <inheritdoc />
    public int Count => _source.Count;

    /// <inheritdoc />
    public Shape SampleShape => _source.SampleShape;

    /// <inheritdoc />
    public int LabelsPerSample => _source.LabelsPerSample;

    /// <inheritdoc />
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc />
    public int ValuesPerSample => _source.ValuesPerSample;

    /// <inheritdoc />
    public ImmutableArray<string> ClassNames => _source.ClassNames;

    /// <inheritdoc />
    public ImmutableArray<GroupColumn> Groups => _source.Groups;

    /// <inheritdoc />
    public ImmutableArray<float> SampleWeights => _source.SampleWeights;

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        lock (_gate)
        {
            int length = indices.Length * SampleShape.Count;
            if (Find(indices) is not { HasSamples: true } batch
                || !TryCopy<float>(batch.Samples.Span, length, destination))
            {
                WaitForSource();
                _source.GatherSamples(indices, destination);
            }
        }
    }

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        lock (_gate)
        {
            int length = indices.Length * LabelsPerSample;
            if (Find(indices) is not { } batch || !TryCopy<int>(batch.Labels, length, destination))
            {
                WaitForSource();
                _source.GatherLabels(indices, destination);
            }
        }
    }

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        lock (_gate)
        {
            int length = indices.Length * ValuesPerSample;
            if (Find(indices) is not { } batch || !TryCopy<float>(batch.Values, length, destination))
            {
                WaitForSource();
                _source.GatherValues(indices, destination);
            }
        }
    }

    /// <summary>
    /// Gives the samples of a batch, if it was prepared, in exchange for other memory, which saves a copy.
    /// </summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="memory">
    /// Memory of any size; afterwards, if the answer is yes, that with the samples, at its start.
    /// </param>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    internal bool TryExchange(ReadOnlySpan<int> indices, ref AlignedMemory memory)
    {
        lock (_gate)
        {
            _sampleLength = Math.Max(_sampleLength, memory.Length);
            if (Find(indices) is not { HasSamples: true } batch || batch.Samples.Length < memory.Length)
            {
                return false;
            }

            (batch.Samples, memory) = (memory, batch.Samples);
            batch.HasSamples = false;
            return true;
        }
    }

    /// <summary>Says that an epoch begins. What was prepared is forgotten.</summary>
    /// <param name="epoch">The number of the epoch, at least 1.</param>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void StartEpoch(int epoch)
    {
        lock (_gate)
        {
            WaitForSource();
            Forget(_announced);
            _source.StartEpoch(epoch);
        }
    }

    /// <summary>
    /// Begins to gather a batch on the thread of this source, after those that were announced before it. The oldest is
    /// forgotten where there are more than four.
    /// </summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentException">An index is not within this source.</exception>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void Prepare(ReadOnlySpan<int> indices)
    {
        Indices.Check(indices, Count);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!EnsureThread())
            {
                return;
            }

            if (_announced > 0 && _batches[0].IsTaken)
            {
                Forget(1);
            }

            while (_announced == MostBatches)
            {
                if (_batches[0].IsReady)
                {
                    Forget(1);
                }
                else
                {
                    Wait();
                }
            }

            _batches[_announced].Ask(indices, _source, _sampleLength);
            _announced++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the thread, after the batch at hand. The source that this is a view of is left as it is.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
    }

    /// <summary>Copies a part of a batch; not where the source has to say what is wrong.</summary>
    private static bool TryCopy<T>(ReadOnlySpan<T> part, int length, Span<T> destination)
    {
        if (length == 0 || destination.Length != length)
        {
            return false;
        }

        part[..length].CopyTo(destination);
        return true;
    }

    /// <summary>
    /// The batch of these samples, if it was announced, as soon as it is ready. Those before it are forgotten.
    /// </summary>
    private PrefetchedBatch? Find(ReadOnlySpan<int> indices)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (true)
        {
            int place = 0;
            while (place < _announced && !_batches[place].IsOf(indices))
            {
                place++;
            }

            if (place == _announced)
            {
                return null;
            }

            if (_batches[place].IsReady)
            {
                Forget(place);
                return Take();
            }

            Wait();
        }
    }

    private PrefetchedBatch Take()
    {
        PrefetchedBatch batch = _batches[0];
        batch.IsTaken = true;
        if (batch.Error is { } error)
        {
            // Whoever asks again may be luckier.
            Forget(1);
            error.Throw();
        }

        return batch;
    }

    /// <summary>Frees the first batches. None of them is being gathered.</summary>
    private void Forget(int count)
    {
        while (count-- > 0)
        {
            PrefetchedBatch batch = _batches[0];
            _announced--;
            _batches.AsSpan(1, _announced).CopyTo(_batches);
            _batches[_announced] = batch;
        }
    }

    /// <summary>
    /// Waits until the thread does not use the source. It does not go on while the caller has the gate.
    /// </summary>
    private void WaitForSource()
    {
        _callers++;
        try
        {
            while (_gathered is not null && !_isDisposed)
            {
                Monitor.Wait(_gate);
            }
        }
        finally
        {
            _callers--;
            Monitor.PulseAll(_gate);
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }

    private void Wait()
    {
        Monitor.Wait(_gate);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }

    private bool EnsureThread()
    {
        if (_thread is null && !_hasNoThread)
        {
            var thread = new Thread(Loop) { IsBackground = true, Name = "ModelDsl prefetch" };
            try
            {
                _start(thread);
                _thread = thread;
            }
            catch (Exception)
            {
                // A platform without threads, or a limit on processes or on memory.
                _hasNoThread = true;
            }
        }

        return _thread is not null;
    }

    private void Loop()
    {
        SampleParts.LeaveThreadsToOthers();
        while (WaitForBatch() is { } batch)
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                batch.Gather(_source);
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                batch.End(error);
                _gathered = null;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The next batch to gather, when no caller wants the source; null at the end.</summary>
    private PrefetchedBatch? WaitForBatch()
    {
        lock (_gate)
        {
            while (!_isDisposed)
            {
                if (_callers == 0 && FirstNotReady() is { } batch)
                {
                    return _gathered = batch;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private PrefetchedBatch? FirstNotReady()
    {
        foreach (PrefetchedBatch batch in _batches.AsSpan(0, _announced))
        {
            if (!batch.IsReady)
            {
                return batch;
            }
        }

        return null;
    }
}

/// <summary>Some samples with their targets, in memory that is used again for the next batch.</summary>
internal sealed class PrefetchedBatch
{
    private int[] _indices = [];
    private int[] _labels = [];
    private float[] _values = [];
    private int _count;

    /// <summary>The samples, at the start of this memory, while <see cref="HasSamples"/>.</summary>
    public AlignedMemory Samples { get; set; } = new(0);

    /// <summary>The labels, at the start.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The target values, at the start.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether all has been gathered, or an error has come instead.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether somebody has asked for the batch.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether nobody else has got the memory with the samples.</summary>
    public bool HasSamples { get; set; }

    /// <summary>What the source has thrown.</summary>
    public ExceptionDispatchInfo? Error { get; private set; }

    /// <summary>Whether it is the batch of these samples.</summary>
    public bool IsOf(ReadOnlySpan<int> indices) => indices.SequenceEqual(_indices.AsSpan(0, _count));

    /// <summary>Notes which samples are to be gathered, and takes memory where there is not enough.</summary>
    /// <param name="indices">Which samples.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="sampleLength">The least length of memory for samples, where memory is taken.</param>
    public void Ask(ReadOnlySpan<int> indices, IDataSource source, int sampleLength)
    {
        int samples = checked(indices.Length * source.SampleShape.Count);
        if (Samples.Length < samples)
        {
            Samples = new AlignedMemory(Math.Max(sampleLength, samples));
        }

        Grow(ref _labels, checked(indices.Length * source.LabelsPerSample));
        Grow(ref _values, checked(indices.Length * source.ValuesPerSample));
        Grow(ref _indices, indices.Length);
        indices.CopyTo(_indices);
        _count = indices.Length;
        (IsReady, IsTaken, HasSamples, Error) = (false, false, true, null);
    }

    /// <summary>Gathers the samples and targets.</summary>
    public void Gather(IDataSource source)
    {
        ReadOnlySpan<int> indices = _indices.AsSpan(0, _count);
        source.GatherSamples(indices, Samples.Span[..(_count * source.SampleShape.Count)]);
        if (source.LabelsPerSample > 0)
        {
            source.GatherLabels(indices, _labels.AsSpan(0, _count * source.LabelsPerSample));
        }

        if (source.ValuesPerSample > 0)
        {
            source.GatherValues(indices, _values.AsSpan(0, _count * source.ValuesPerSample));
        }
    }

    /// <summary>Notes that all has been gathered, or what the source has thrown instead.</summary>
    public void End(ExceptionDispatchInfo? error) => (IsReady, Error) = (true, error);

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }
}
