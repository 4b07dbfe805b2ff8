using ModelDsl.Kernels;

namespace ModelDsl.Threading;

/// <summary>Runs a kernel over a range, divided among threads, with the widest vectors at hand.</summary>
internal struct RangeLoop<TKernel> : IParallelWork
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
            var loop = new RangeLoop<TKernel>(kernel, length, parts, grain);
            WorkerPool.Run(parts, ref loop);
        }
    }

    public readonly void Invoke(int part)
    {
        (int start, int end) = Partition.Part(_length, _parts, part, _grain);
        if (start == end)
        {
            return;
        }

        if (SimdVector512.IsHardwareAccelerated)
        {
            _kernel.Invoke<SimdVector512>(start, end);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            _kernel.Invoke<SimdVector256>(start, end);
        }
        else if (SimdVector128.IsHardwareAccelerated)
        {
            _kernel.Invoke<SimdVector128>(start, end);
        }
        else
        {
            _kernel.Invoke<SimdScalar>(start, end);
        }
    }
}
