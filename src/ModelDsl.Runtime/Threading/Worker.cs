using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelDsl.Threading;

/// <summary>One thread of the pool, and the slot through which it is handed its part of a job.</summary>
internal sealed unsafe class Worker
{
    // Long enough to bridge the gaps within a training step, short enough that an idle process costs nothing.
    private static readonly long SpinTicks = Stopwatch.Frequency / 2000;

    private readonly object _gate = new();
    private Slot _slot;
    private delegate*<void*, int, void> _invoke;
    private void* _work;
    private int _part;
    private Exception? _error;

    private Worker()
    {
    }

    /// <summary>A worker whose thread has started.</summary>
    /// <exception cref="Exception">The thread could not be started.</exception>
    public static Worker Start(int number, Action<Thread> start)
    {
        var worker = new Worker();
        start(new Thread(worker.Loop) { IsBackground = true, Name = $"ModelDsl worker {number}" });
        return worker;
    }

    /// <summary>Offers a part; whoever claims it first does it. Does not throw.</summary>
    public void Offer(long job, delegate*<void*, int, void> invoke, void* work, int part)
    {
        _invoke = invoke;
        _work = work;
        _part = part;

        // A full fence: either the worker sees the offer before it sleeps, or this thread sees that it sleeps.
        Interlocked.Exchange(ref _slot.Offered, job);
        if (Volatile.Read(ref _slot.Sleeping) != 0)
        {
            Wake();
        }
    }

    /// <summary>
    /// Does the part that was offered if the worker has not begun with it, else waits for the worker. Does not throw.
    /// </summary>
    /// <returns>What the part has thrown, or null.</returns>
    public Exception? Finish(long job, delegate*<void*, int, void> invoke, void* work, int part)
    {
        if (Interlocked.CompareExchange(ref _slot.Offered, 0, job) == job)
        {
            return Attempt(invoke, work, part);
        }

        WaitUntilDone(job);
        Exception? error = _error;
        _error = null;
        return error;
    }

    // Interrupt() ends what a thread waits in, and these threads have to go on waiting: the caller until its memory is no longer
    // used, the worker for its next part. The caller is interrupted again afterwards, at the next place where it waits.
    private void WaitUntilDone(long job)
    {
        bool isInterrupted = false;
        var spinner = default(SpinWait);
        int spins = 0;
        while (Volatile.Read(ref _slot.Done) != job)
        {
            if (++spins < 10_000)
            {
                Thread.SpinWait(1);
                continue;
            }

            try
            {
                // The system has taken the worker's processor away: leave it ours.
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private void Wake()
    {
        bool isInterrupted = false;
        bool isAwake = false;
        while (!isAwake)
        {
            try
            {
                lock (_gate)
                {
                    Monitor.Pulse(_gate);
                    isAwake = true;
                }
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private static Exception? Attempt(delegate*<void*, int, void> invoke, void* work, int part)
    {
        try
        {
            invoke(work, part);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private void Loop()
    {
        ThreadMemory.MarkAsWorker();
        while (true)
        {
            long job = WaitForOffer();
            if (Interlocked.CompareExchange(ref _slot.Offered, 0, job) == job)
            {
                _error = Attempt(_invoke, _work, _part);
                Volatile.Write(ref _slot.Done, job);
            }
        }
    }

    private long WaitForOffer()
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                for (int i = 0; i < 64; i++)
                {
                    long job = Volatile.Read(ref _slot.Offered);
                    if (job != 0)
                    {
                        return job;
                    }

                    Thread.SpinWait(1);
                }
            }
            while (Stopwatch.GetTimestamp() - start < SpinTicks);

            Sleep();
        }
    }

    private void Sleep()
    {
        try
        {
            lock (_gate)
            {
                Interlocked.Exchange(ref _slot.Sleeping, 1);
                if (Volatile.Read(ref _slot.Offered) == 0)
                {
                    // Once awake, a worker looks for the next part even if this one was taken back: else parts that are done
                    // before it wakes would keep it asleep for good.
                    Monitor.Wait(_gate);
                }
            }
        }
        catch (ThreadInterruptedException)
        {
            // A custom activation runs on this thread too, and may have given it to somebody.
        }
        finally
        {
            Volatile.Write(ref _slot.Sleeping, 0);
        }
    }

    /// <summary>What both sides write, on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 4 * CacheLine)]
    private struct Slot
    {
        private const int CacheLine = 64;

        [FieldOffset(CacheLine)]
        public long Offered;

        [FieldOffset(CacheLine + sizeof(long))]
        public int Sleeping;

        [FieldOffset(2 * CacheLine)]
        public long Done;
    }
}
