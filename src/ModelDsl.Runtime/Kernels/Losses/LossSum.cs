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

    /// <summary>The mean of the losses of all rows of a batch.</summary>
    /// <param name="loss">The loss of a row.</param>
    /// <param name="mean">The weights of the rows.</param>
    /// <param name="gradient">Where the gradient goes, and what it is multiplied by.</param>
    /// <param name="partials">What <see cref="Partials(int)"/> gave.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowLength">The number of outputs in a row.</param>
    public static float MeanOfRows<TLoss>(
        in TLoss loss, in LossMean mean, LossGradient gradient, double* partials, int rows, int rowLength)
        where TLoss : struct, IRowLoss =>
        mean.Of(Run(
            new RowKernel<TLoss>(loss, mean, gradient, partials, rowLength), partials, rows, Math.Max(1, rowLength)));

    /// <summary>Runs a kernel over all parts and adds up what it has written to <paramref name="partials"/>.</summary>
    /// <param name="kernel">A kernel whose range counts parts.</param>
    /// <param name="partials">What <see cref="Partials(int)"/> gave.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="partLength">The number of elements in a part.</param>
    public static double Run<TKernel>(in TKernel kernel, double* partials, int parts, int partLength)
        where TKernel : struct, IRangeKernel
    {
        RangeLoop<TKernel>.Run(kernel, parts, grain: 1, PerThread / partLength);

        // Four sums, so that the additions do not wait for each other.
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int part = 0;
        for (; part <= parts - 4; part += 4)
        {
            sum0 += partials[part];
            sum1 += partials[part + 1];
            sum2 += partials[part + 2];
            sum3 += partials[part + 3];
        }

        for (; part < parts; part++)
        {
            sum0 += partials[part];
        }

        return sum0 + sum1 + (sum2 + sum3);
    }

    private readonly struct RowKernel<TLoss>(
        TLoss loss, LossMean mean, LossGradient gradient, double* partials, int rowLength) : IRangeKernel
        where TLoss : struct, IRowLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int row = start; row < end; row++)
            {
                // Also where its loss is no number.
                float weight = mean.WeightOf(row);
                if (weight == 0f)
                {
                    gradient.Clear((nint)row * rowLength, rowLength);
                    partials[row] = 0;
                    continue;
                }

                partials[row] = weight * loss.Evaluate<TVector>(row, mean.Share(gradient.Scale, weight));
            }
        }
    }
}

/// <summary>A loss whose rows do not depend on each other.</summary>
internal interface IRowLoss
{
    /// <summary>The loss of a row; writes its gradient, times <paramref name="share"/>, where it is wanted.</summary>
    double Evaluate<TVector>(int row, float share)
        where TVector : struct, ISimdVector<TVector>;
}
