namespace ModelDsl;

/// <summary>The threads that kernels share. Results do not depend on their number.</summary>
/// <remarks>
/// Models on different threads run at the same time: while the pool works for one of them, the others do their work
/// themselves. Where the system refuses a thread, as under a limit on processes, there are fewer.
/// </remarks>
public static class WorkerPool
{
    private static int _threadCount = Environment.ProcessorCount;

    /// <summary>
    /// How many threads a kernel may use, the caller's included; at least 1. Default: the number of processors, which in a
    /// container is what its CPU limit grants, rounded up. Takes effect with the next kernel.
    /// </summary>
    /// <remarks>
    /// No more threads compute than there are processors, whatever the value: further ones would only wait for each other.
    /// </remarks>
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

    /// <summary>
    /// How many parts a kernel should make of its work: one while the threads have other work, the caller's perhaps. It
    /// may change from one moment to the next, so a kernel reads it once.
    /// </summary>
    internal static int Parallelism => Team.IsBusy ? 1 : Math.Min(_threadCount, Processors);

    /// <summary>The number of processors that threads may run on. Tests set it, to divide work as larger machines do.</summary>
    internal static int Processors { get; set; } = Environment.ProcessorCount;

    /// <summary>The threads themselves. Tests put others in their place.</summary>
    internal static WorkerTeam Team { get; set; } = new();

    /// <inheritdoc cref="WorkerTeam.Run" />
    internal static void Run<TWork>(int parts, ref TWork work)
        where TWork : struct, IParallelWork => Team.Run(parts, ref work);
}
