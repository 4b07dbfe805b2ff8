namespace ModelDsl.Kernels;

/// <summary>How optimizers divide parameters among threads.</summary>
internal static class OptimizerRange
{
    /// <summary>The bounds between threads are multiples of a cache line.</summary>
    public const int Grain = 16;

    /// <summary>The parameters that pay for a thread's hand-over: some ten microseconds of work.</summary>
    public const int PerThread = 1 << 14;
}
