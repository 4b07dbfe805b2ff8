namespace ModelDsl.MicroBenchmarks;

/// <summary>What the benchmarks of all kernels share: threads, and memory with random numbers.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public abstract class KernelBenchmark
{
    private readonly Random _random = new(1);

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Sets the number of threads.</summary>
    protected void SetThreads() => WorkerPool.ThreadCount = Threads;

    /// <summary>Memory with numbers in [-1, 1).</summary>
    private protected AlignedMemory Draw(int count)
    {
        AlignedMemory memory = new(count);
        foreach (ref float value in memory.Span)
        {
            value = (2 * _random.NextSingle()) - 1;
        }

        return memory;
    }
}
