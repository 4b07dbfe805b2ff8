using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The sums of <see cref="BinaryCrossEntropyLoss"/> over chunks of the elements, and the gradient.</summary>
internal readonly unsafe struct BinaryCrossEntropyKernel(
    float* outputs, float* targets, float* gradient, int count, float gradientScale, double* partials) : IRangeKernel
{
    /// <summary>The elements that are summed in single precision before their sum is added in double precision.</summary>
    public const int ChunkLength = 1024;

    private readonly float* _outputs = outputs;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        TVector scale = TVector.Broadcast((float)((double)gradientScale / count));
        for (int chunk = start; chunk < end; chunk++)
        {
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);
            TVector sum = TVector.Zero, total = TVector.Zero, rest = TVector.Zero;
            for (int i = chunk * ChunkLength; i < last; i += TVector.Count)
            {
                if (i % (LongSum.Block * TVector.Count) == 0)
                {
                    LongSum.Add(ref total, ref rest, sum);
                    sum = TVector.Zero;
                }

                int lanes = Math.Min(TVector.Count, last - i);
                TVector y = Operand.Load<TVector>(_outputs + i, lanes);
                TVector t = Operand.Load<TVector>(_targets + i, lanes);
                TVector power = VectorMath.Exp(-TVector.Abs(y));
                TVector tail = VectorMath.LogOnePlus(power);
                TVector loss = TVector.MultiplyAdd(-t, y, TVector.Max(TVector.Zero, y)) + tail;
                sum += TVector.ConditionalSelect(TVector.FirstLanes(lanes), loss, TVector.Zero);
                if (_gradient is not null)
                {
                    // (1 - t)·σ(y) - t·σ(-y), where σ(y) - t would round away what is missing to 1.
                    TVector derivative = TVector.MultiplyAdd(-t, Logistic(-y, power), (one - t) * Logistic(y, power));
                    Operand.Store(derivative * scale, _gradient + i, lanes);
                }
            }

            LongSum.Add(ref total, ref rest, sum);
            _partials[chunk] = TVector.Sum(total);
        }
    }

    /// <summary>σ(y) from e^-|y|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Logistic<TVector>(TVector y, TVector power)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        return TVector.ConditionalSelect(TVector.LessThan(y, TVector.Zero), power, one) / (one + power);
    }
}
