namespace ModelDsl.Threading;

/// <summary>What is done to each row of a matrix, by itself.</summary>
internal interface IRowKernel
{
    /// <summary>Does one row.</summary>
    void Invoke<TVector>(int row)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Runs a kernel over the rows of a matrix, divided among threads, with the widest vectors at hand.</summary>
internal readonly struct RowLoop<TKernel> : IRangeKernel
    where TKernel : struct, IRowKernel
{
    /// <summary>The elements that pay for a thread's hand-over.</summary>
    private const int PerThread = 1 << 14;

    private readonly TKernel _kernel;

    private RowLoop(in TKernel kernel) => _kernel = kernel;

    /// <summary>Runs the kernel over all rows; an empty matrix has none.</summary>
    public static void Run(in TKernel kernel, int rows, int columns)
    {
        if (columns > 0)
        {
            RangeLoop<RowLoop<TKernel>>.Run(new RowLoop<TKernel>(kernel), rows, grain: 1, PerThread / columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = start; row < end; row++)
        {
            _kernel.Invoke<TVector>(row);
        }
    }
}
