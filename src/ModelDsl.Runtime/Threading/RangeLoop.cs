namespace ModelDsl.Threading;

/// <summary>Work on a range whose parts do not depend on each other, in vectors of any width.</summary>
internal interface IRangeKernel
{
    /// <summary>Does the part [start, end).</summary>
    void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Runs a kernel over a range, divided among threads, with the widest vectors at hand.</summary>
internal readonly struct RangeLoop<TKernel> : IVectorParts
    where TKernel : struct, IRangeKernel
{
    private readonly TKernel _kernel;
    private readonly int _length;
    private readonly int _parts;
    private readonly int _grain;

    private RangeLoop(in TKernel kernel, int length, int parts, int grain)
    {
        _kernel = kernel;
        _length = length;
        _parts = parts;
        _grain = grain;
    }

    /// <summary>Runs the kernel over all of [0, length).</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="length">The length of the range; with 0 nothing is done.</param>
    /// <param name="grain">What the bounds between threads are multiples of.</param>
    /// <param name="perThread">The length that pays for a thread.</param>
    public static void Run(in TKernel kernel, int length, int grain, int perThread)
    {
        if (length > 0)
        {
            int parts = Math.Clamp(length / Math.Max(1, perThread), 1, WorkerPool.Parallelism);
            VectorParts.Run(parts, new RangeLoop<TKernel>(kernel, length, parts, grain));
        }
    }

    public void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(_length, _parts, part, _grain);
        if (start < end)
        {
            _kernel.Invoke<TVector>(start, end);
        }
    }
}
