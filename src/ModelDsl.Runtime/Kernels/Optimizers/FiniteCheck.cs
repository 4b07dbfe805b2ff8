namespace ModelDsl.Kernels;

/// <summary>Whether all of a span's values are finite: Σ 0·x is 0 where they are, and not a number where one is not.</summary>
/// <remarks>
/// Limited by memory: one stream that is only read. It is read by the threads that the optimizer's step will read it by, which
/// then finds it in their caches.
/// </remarks>
internal readonly unsafe struct FiniteCheck(float* values, int* found) : IRangeKernel
{
    private readonly float* _values = values;
    private readonly int* _found = found;

    /// <summary>Whether every value is finite.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        int found = 0;
        fixed (float* pointer = values)
        {
            RangeLoop<FiniteCheck>.Run(
                new FiniteCheck(pointer, &found), values.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
        }

        return found == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum0 = TVector.Zero, sum1 = TVector.Zero, sum2 = TVector.Zero, sum3 = TVector.Zero;
        int i = start;
        for (; i <= end - (4 * TVector.Count); i += 4 * TVector.Count)
        {
            float* x = _values + i;
            sum0 = TVector.MultiplyAdd(TVector.Load(x), TVector.Zero, sum0);
            sum1 = TVector.MultiplyAdd(TVector.Load(x + TVector.Count), TVector.Zero, sum1);
            sum2 = TVector.MultiplyAdd(TVector.Load(x + (2 * TVector.Count)), TVector.Zero, sum2);
            sum3 = TVector.MultiplyAdd(TVector.Load(x + (3 * TVector.Count)), TVector.Zero, sum3);
        }

        for (; i < end; i += TVector.Count)
        {
            TVector x = Operand.Load<TVector>(_values + i, Math.Min(TVector.Count, end - i));
            sum0 = TVector.MultiplyAdd(x, TVector.Zero, sum0);
        }

        // Every thread that finds one writes the same.
        if (TVector.Sum((sum0 + sum1) + (sum2 + sum3)) != 0f)
        {
            *_found = 1;
        }
    }
}

/// <summary>How optimizers divide parameters among threads.</summary>
internal static class OptimizerRange
{
    /// <summary>The bounds between threads are multiples of a cache line.</summary>
    public const int Grain = 16;

    /// <summary>The parameters that pay for a thread's hand-over: some ten microseconds of work.</summary>
    public const int PerThread = 1 << 14;
}
