namespace Benchmarks.Bench.Machine;

/// <summary>Threads for the machine's own loops: the pool that is under test must not measure itself.</summary>
internal sealed class Team : IDisposable
{
    private readonly Action<int> _work;
    private readonly Barrier _barrier;
    private volatile bool _stopped;

    /// <summary>Starts threads that wait to run <paramref name="work"/> with their number, from 0.</summary>
    public Team(int threads, Action<int> work)
    {
        _work = work;
        _barrier = new Barrier(threads);
        for (int member = 1; member < threads; member++)
        {
            int number = member;
            new Thread(() => Serve(number)) { IsBackground = true }.Start();
        }
    }

    /// <summary>All members run the work once, the caller as number 0; returns when all have finished.</summary>
    public void Run()
    {
        _barrier.SignalAndWait();
        _work(0);
        _barrier.SignalAndWait();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopped = true;
        _barrier.SignalAndWait();
    }

    private void Serve(int number)
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_stopped)
            {
                return;
            }

            _work(number);
            _barrier.SignalAndWait();
        }
    }
}
