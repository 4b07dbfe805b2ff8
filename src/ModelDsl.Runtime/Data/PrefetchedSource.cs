using System.Runtime.ExceptionServices;

namespace ModelDsl;

/// <summary>
/// A source whose next batch is gathered on a thread of its own while the model trains on the one before. Samples,
/// their order and all bits are those of the source. Made by <see cref="DataViews.Prefetch"/>.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Prepare"/> starts to gather a batch; a <see cref="Trainer{TModel}"/> calls it as soon as the batch before
/// lies in the model's memory. So there are two batches: one in the model, one here. Whatever is asked for without having
/// been prepared is gathered at once, on the caller's thread. The source is never used by both threads at a time.
/// </para>
/// <para>
/// What the source throws on the thread is thrown where the batch is asked for. Where the system starts no threads, as
/// in a browser, everything is gathered when it is asked for.
/// </para>
/// </remarks>
public sealed class PrefetchedSource : IDataSource, IDataView, IDisposable
{
    private readonly IDataSource _source;
    private readonly Action<Thread> _start;
    private readonly object _gate = new();
    private Thread? _thread;
    private bool _hasNoThread;

    // What is below belongs to whoever holds the gate; the batch, while it is being gathered, to the thread.
    private Stage _stage;
    private bool _isDisposed;
    private ExceptionDispatchInfo? _error;
    private int[] _indices = [];
    private int _count;
    private float[] _samples = [];
    private int[] _labels = [];
    private float[] _values = [];

    /// <summary>A view of a source, whose thread is started by <paramref name="start"/>.</summary>
    internal PrefetchedSource(IDataSource source, Action<Thread> start)
    {
        _source = source;
        _start = start;
    }

    private enum Stage
    {
        Empty,
        Asked,
        Ready,
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
            if (!TryTake(indices, _samples, SampleShape.Count, destination))
            {
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
            if (!TryTake(indices, _labels, LabelsPerSample, destination))
            {
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
            if (!TryTake(indices, _values, ValuesPerSample, destination))
            {
                _source.GatherValues(indices, destination);
            }
        }
    }

    /// <summary>Says that an epoch begins. What was prepared is forgotten.</summary>
    /// <param name="epoch">The number of the epoch, at least 1.</param>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void StartEpoch(int epoch)
    {
        lock (_gate)
        {
            WaitForThread();
            _stage = Stage.Empty;
            _source.StartEpoch(epoch);
        }
    }

    /// <summary>Begins to gather a batch on the thread of this source.</summary>
    /// <param name="indices">Which samples, each in [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentException">An index is not within this source.</exception>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public void Prepare(ReadOnlySpan<int> indices)
    {
        Indices.Check(indices, Count);
        lock (_gate)
        {
            WaitForThread();
            if (!EnsureThread())
            {
                return;
            }

            Grow(ref _indices, indices.Length);
            Grow(ref _samples, checked(indices.Length * SampleShape.Count));
            Grow(ref _labels, checked(indices.Length * LabelsPerSample));
            Grow(ref _values, checked(indices.Length * ValuesPerSample));
            indices.CopyTo(_indices);
            _count = indices.Length;
            _stage = Stage.Asked;
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

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }
    }

    /// <summary>Copies a part of the batch that was prepared, if it is the one that is asked for.</summary>
    /// <remarks>Afterwards the thread does not use the source, whatever the answer.</remarks>
    private bool TryTake<T>(ReadOnlySpan<int> indices, T[] batch, int perSample, Span<T> destination)
    {
        WaitForThread();
        if (_stage != Stage.Ready || !indices.SequenceEqual(_indices.AsSpan(0, _count)))
        {
            return false;
        }

        if (_error is { } error)
        {
            // Whoever asks again may be luckier.
            _error = null;
            _stage = Stage.Empty;
            error.Throw();
        }

        int length = indices.Length * perSample;
        if (perSample == 0 || destination.Length != length)
        {
            // The source says what is wrong.
            return false;
        }

        batch.AsSpan(0, length).CopyTo(destination);
        return true;
    }

    private void WaitForThread()
    {
        while (_stage == Stage.Asked && !_isDisposed)
        {
            Monitor.Wait(_gate);
        }

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
        while (WaitForBatch())
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                Gather(_indices.AsSpan(0, _count));
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                _error = error;
                _stage = Stage.Ready;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool WaitForBatch()
    {
        lock (_gate)
        {
            while (_stage != Stage.Asked && !_isDisposed)
            {
                Monitor.Wait(_gate);
            }

            return !_isDisposed;
        }
    }

    private void Gather(ReadOnlySpan<int> indices)
    {
        _source.GatherSamples(indices, _samples.AsSpan(0, indices.Length * SampleShape.Count));
        if (LabelsPerSample > 0)
        {
            _source.GatherLabels(indices, _labels.AsSpan(0, indices.Length * LabelsPerSample));
        }

        if (ValuesPerSample > 0)
        {
            _source.GatherValues(indices, _values.AsSpan(0, indices.Length * ValuesPerSample));
        }
    }
}
