namespace ModelDsl.Kernels;

/// <summary>
/// Adds up the losses that the parts of a batch have given, in an order that does not depend on the threads: each part
/// writes a partial sum of its own.
/// </summary>
internal static unsafe class LossSum
{
    /// <summary>The elements that pay for a thread's hand-over.</summary>
    private const int PerThread = 1 << 14;

    /// <summary>Room for <paramref name="parts"/> partial sums.</summary>
    public static double* Partials(int parts) => (double*)Scratch.Get(2L * parts);

    /// <summary>Room for <paramref name="parts"/> partial sums, and behind them for as many labels.</summary>
    public static double* Partials(int parts, out int* labels)
    {
        double* partials = (double*)Scratch.Get(3L * parts);
        labels = (int*)(partials + parts);
        return partials;
    }

    /// <summary>The sum of the losses of all rows of a batch.</summary>
    /// <param name="loss">The loss of a row.</param>
    /// <param name="partials">What <see cref="Partials(int)"/> gave.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of elements in a row.</param>
    public static double OfRows<TLoss>(in TLoss loss, double* partials, int rows, int columns)
        where TLoss : struct, IRowLoss =>
        Run(new RowKernel<TLoss>(loss, partials), partials, rows, Math.Max(1, columns));

    /// <summary>Runs a kernel over all parts and adds up what it has written to <paramref name="partials"/>.</summary>
    /// <param name="kernel">A kernel whose range counts parts.</param>
    /// <param name="partials">What <see cref="Partials(int)"/> gave.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="partLength">The number of elements in a part.</param>
    public static double Run<TKernel>(in TKernel kernel, double* partials, int parts, int partLength)
        where TKernel : struct, IRangeKernel
    {
        RangeLoop<TKernel>.Run(kernel, parts, grain: 1, PerThread / partLength);
        double sum = 0;
        for (int part = 0; part < parts; part++)
        {
            sum += partials[part];
        }

        return sum;
    }

    private readonly struct RowKernel<TLoss>(TLoss loss, double* partials) : IRangeKernel
        where TLoss : struct, IRowLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int row = start; row < end; row++)
            {
                partials[row] = loss.Evaluate<TVector>(row);
            }
        }
    }
}

/// <summary>A loss whose rows do not depend on each other.</summary>
internal interface IRowLoss
{
    /// <summary>The loss of a row; writes its gradient where it is wanted.</summary>
    double Evaluate<TVector>(int row)
        where TVector : struct, ISimdVector<TVector>;
}
