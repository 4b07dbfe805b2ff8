using System.Runtime.ExceptionServices;

namespace ModelDsl.Threading;

/// <summary>Work that is divided into parts which do not depend on each other.</summary>
internal interface IParallelWork
{
    /// <summary>Does one part. Called from any thread, once for each part.</summary>
    void Invoke(int part);
}

/// <summary>Threads that do the parts of one job after another.</summary>
/// <remarks>
/// <para>A kernel divides its work into as many parts as it wants threads. Part i is offered to worker i, so that a worker
/// meets the same part of a weight in its cache at every step; a part whose worker has not begun when the caller is done
/// with its own is taken back and done by the caller, so nobody waits for a thread that the system has not scheduled. Idle
/// workers spin for a moment, which makes the hand-over a matter of a microsecond within a training step, and then sleep.</para>
/// <para>The work lies on the caller's stack, and the memory that it points to is kept alive by the caller. So nothing makes
/// <see cref="Run"/> return before all parts have ended: no exception of a part, no <see cref="Thread.Interrupt"/>, and no
/// thread that does not start.</para>
/// </remarks>
/// <param name="start">What starts a thread; null for what the system does.</param>
internal sealed unsafe class WorkerTeam(Action<Thread>? start = null)
{
    private readonly Action<Thread> _start = start ?? (static thread => thread.Start());
    private Worker[] _workers = [];
    private int _mostWorkers = int.MaxValue;
    private int _busy;
    private long _job;

    /// <summary>The number of threads that have been started.</summary>
    public int WorkerCount => _workers.Length;

    /// <summary>Whether parts are being done, so that another job would be the caller's alone.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) != 0;

    /// <summary>Does all parts, each on one thread, and returns when they are done.</summary>
    /// <remarks>
    /// Within a part, and while another thread's parts are being done, the caller does all its parts itself.
    /// </remarks>
    /// <param name="parts">The number of parts; no more than the threads that should work.</param>
    /// <param name="work">The work. It is not copied, so it may carry results.</param>
    /// <exception cref="Exception">What a part has thrown; the first by number, after all parts have ended.</exception>
    public void Run<TWork>(int parts, ref TWork work)
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
            EnsureWorkers(parts - 1);

            // The caller does not return before all parts are done, so the work may be on its stack; it must not move.
            fixed (byte* pinned = &Unsafe.As<TWork, byte>(ref work))
            {
                // Where fewer threads have started than there are parts, the parts are done in several rounds: how the work
                // is divided does not depend on what the system grants.
                int atOnce = _workers.Length + 1;
                for (int first = 0; first < parts; first += atOnce)
                {
                    Share(first, Math.Min(first + atOnce, parts), &Invoke<TWork>, pinned);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void Invoke<TWork>(void* work, int part)
        where TWork : struct, IParallelWork => Unsafe.AsRef<TWork>(work).Invoke(part);

    private void Share(int first, int end, delegate*<void*, int, void> invoke, void* work)
    {
        Worker[] workers = _workers;
        long job = ++_job;
        bool isOffered = false;
        Exception? error = null;
        try
        {
            // What has to happen as a whole is in blocks that even an abortion of the thread lets end.
            try
            {
            }
            finally
            {
                for (int part = first + 1; part < end; part++)
                {
                    workers[part - first - 1].Offer(job, invoke, work, part);
                }

                isOffered = true;
            }

            invoke(work, first);
        }
        catch (Exception exception)
        {
            error = exception;
        }
        finally
        {
            for (int part = first + 1; isOffered && part < end; part++)
            {
                Exception? other = workers[part - first - 1].Finish(job, invoke, work, part);
                error ??= other;
            }
        }

        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    // Only whoever has made the team busy comes here.
    private void EnsureWorkers(int count)
    {
        count = Math.Min(count, _mostWorkers);
        if (_workers.Length >= count)
        {
            return;
        }

        List<Worker> workers = [.. _workers];
        try
        {
            while (workers.Count < count)
            {
                workers.Add(Worker.Start(workers.Count + 1, _start));
            }
        }
        catch (Exception)
        {
            // A limit on processes or on memory. Those that have started do the work, and nobody asks in vain at every step.
            _mostWorkers = workers.Count;
        }

        _workers = [.. workers];
    }
}
