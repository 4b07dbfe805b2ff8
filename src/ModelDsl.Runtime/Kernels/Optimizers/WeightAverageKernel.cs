namespace ModelDsl.Kernels;

/// <summary>A running average of contiguous parameters.</summary>
internal static unsafe class WeightAverageKernel
{
    /// <summary>a += share·(p - a), element by element; where both are equal, a stays as it is.</summary>
    /// <param name="average">The averages a.</param>
    /// <param name="parameters">The parameters p, as many.</param>
    /// <param name="share">The share of the parameters, in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Update(FloatSpan average, FloatSpan parameters, float share)
    {
        Guard.SameLength(average, parameters);
        var update = new WeightAverageUpdate(average.Pointer, parameters.Pointer, share);
        RangeLoop<WeightAverageUpdate>.Run(update, average.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="WeightAverageKernel"/>.</summary>
/// <remarks>Limited by memory: three streams, two read and one written.</remarks>
internal readonly unsafe struct WeightAverageUpdate(float* average, float* parameters, float share) : IRangeKernel
{
    private readonly float* _average = average;
    private readonly float* _parameters = parameters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector taken = TVector.Broadcast(share);
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_average + i);
            Prefetching.PageAhead(_parameters + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector a = Operand.Load<TVector>(_average + i, count);
            Operand.Store(TVector.MultiplyAdd(taken, p - a, a), _average + i, count);
        }
    }
}
