using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ModelDsl.Threading;

/// <summary>The threads that kernels share. Results do not depend on their number.</summary>
/// <remarks>
/// A kernel divides its work into as many parts as it wants threads. Part i is offered to worker i, so that a worker meets
/// the same part of a weight in its cache at every step; a part whose worker has not begun when the caller is done with its
/// own is taken back and done by the caller, so nobody waits for a thread that the system has not scheduled. Idle workers
/// spin for a moment, which makes the hand-over a matter of a microsecond within a training step, and then sleep.
/// </remarks>
public static unsafe class WorkerPool
{
    private static readonly Lock Growth = new();

    private static Worker[] _workers = [];
    private static int _threadCount = Environment.ProcessorCount;
    private static int _busy;
    private static long _job;

    /// <summary>
    /// How many threads a kernel may use, the caller's included; at least 1. Default: the number of processors. Takes
    /// effect with the next kernel.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public static int ThreadCount
    {
        get => _threadCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _threadCount = value;
        }
    }

    /// <summary>Does all parts, each on one thread, and returns when they are done.</summary>
    /// <remarks>
    /// Within a part, and while another thread's parts are being done, the caller does all its parts itself.
    /// </remarks>
    /// <param name="parts">The number of parts; no more than the threads that should work.</param>
    /// <param name="work">The work. It is not copied, so it may carry results.</param>
    /// <exception cref="Exception">What a part has thrown; the first by number, after all parts have ended.</exception>
    internal static void Run<TWork>(int parts, ref TWork work)
        where TWork : struct, IParallelWork
    {
        if (parts <= 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                work.Invoke(part);
            }

            return;
        }

        try
        {
            // The caller does not return before all parts are done, so the work may be on its stack; it must not move.
            fixed (byte* pinned = &Unsafe.As<TWork, byte>(ref work))
            {
                Share(parts, &Invoke<TWork>, pinned);
            }
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void Invoke<TWork>(void* work, int part)
        where TWork : struct, IParallelWork => Unsafe.AsRef<TWork>(work).Invoke(part);

    private static void Share(int parts, delegate*<void*, int, void> invoke, void* work)
    {
        if (_workers.Length < parts - 1)
        {
            Grow(parts - 1);
        }

        Worker[] workers = _workers;
        long job = ++_job;
        for (int part = 1; part < parts; part++)
        {
            workers[part - 1].Offer(job, invoke, work, part);
        }

        Exception? error = null;
        try
        {
            invoke(work, 0);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        for (int part = 1; part < parts; part++)
        {
            Exception? other = workers[part - 1].Finish(job, invoke, work, part);
            error ??= other;
        }

        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private static void Grow(int count)
    {
        lock (Growth)
        {
            var workers = new Worker[count];
            _workers.CopyTo(workers, 0);
            for (int i = _workers.Length; i < count; i++)
            {
                workers[i] = new Worker(i + 1);
            }

            _workers = workers;
        }
    }
}
