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

    public Worker(int number) =>
        new Thread(Loop) { IsBackground = true, Name = $"ModelDsl worker {number}" }.Start();

    /// <summary>Offers a part; whoever claims it first does it.</summary>
    public void Offer(long job, delegate*<void*, int, void> invoke, void* work, int part)
    {
        _invoke = invoke;
        _work = work;
        _part = part;

        // A full fence: either the worker sees the offer before it sleeps, or this thread sees that it sleeps.
        Interlocked.Exchange(ref _slot.Offered, job);
        if (Volatile.Read(ref _slot.Sleeping) != 0)
        {
            lock (_gate)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Does the part that was offered if the worker has not begun with it, else waits for the worker.</summary>
    /// <returns>What the part has thrown, or null.</returns>
    public Exception? Finish(long job, delegate*<void*, int, void> invoke, void* work, int part)
    {
        if (Interlocked.CompareExchange(ref _slot.Offered, 0, job) == job)
        {
            return Attempt(invoke, work, part);
        }

        var spinner = default(SpinWait);
        int spins = 0;
        while (Volatile.Read(ref _slot.Done) != job)
        {
            if (++spins < 10_000)
            {
                Thread.SpinWait(1);
            }
            else
            {
                // The system has taken the worker's processor away: leave it ours.
                spinner.SpinOnce(sleep1Threshold: -1);
            }
        }

        Exception? error = _error;
        _error = null;
        return error;
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

            lock (_gate)
            {
                Interlocked.Exchange(ref _slot.Sleeping, 1);
                if (Volatile.Read(ref _slot.Offered) == 0)
                {
                    // Once awake, a worker looks for the next part even if this one was taken back: else parts that are done
                    // before it wakes would keep it asleep for good.
                    Monitor.Wait(_gate);
                }

                Volatile.Write(ref _slot.Sleeping, 0);
            }
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
