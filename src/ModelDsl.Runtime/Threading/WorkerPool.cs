namespace ModelDsl.Threading;

/// <summary>The threads that kernels share. Results do not depend on their number.</summary>
public static class WorkerPool
{
    private static int _threadCount = Environment.ProcessorCount;

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
}
