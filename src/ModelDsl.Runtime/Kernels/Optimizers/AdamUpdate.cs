using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The element-wise update of <see cref="AdamKernel"/>.</summary>
/// <remarks>
/// One pass of seven streams, four read and three written: limited by memory. Where the parameters fit the cache, by the
/// division.
/// </remarks>
internal readonly unsafe struct AdamUpdate(
    float* parameters,
    float* gradients,
    float* firstMoment,
    float* secondMoment,
    float stepSize,
    float rootScale,
    float beta1,
    float beta2,
    float epsilon,
    float coupledDecay,
    float keptParameter,
    float gradientScale) : IRangeKernel
{
    private const float SmallestNormal = 1.17549435e-38f;

    private readonly float* _parameters = parameters;
    private readonly float* _gradients = gradients;
    private readonly float* _firstMoment = firstMoment;
    private readonly float* _secondMoment = secondMoment;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-stepSize);
        TVector root = TVector.Broadcast(rootScale);
        TVector keptFirst = TVector.Broadcast(beta1);
        TVector newFirst = TVector.Broadcast(1f - beta1);
        TVector keptSecond = TVector.Broadcast(beta2);
        TVector newSecond = TVector.Broadcast(1f - beta2);
        TVector floor = TVector.Broadcast(epsilon);
        TVector decay = TVector.Broadcast(coupledDecay);
        TVector kept = TVector.Broadcast(keptParameter);
        TVector scale = TVector.Broadcast(gradientScale);
        TVector smallest = TVector.Broadcast(SmallestNormal);
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_gradients + i);
            Prefetching.PageAhead(_firstMoment + i);
            Prefetching.PageAhead(_secondMoment + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = Operand.Load<TVector>(_gradients + i, count) * scale;
            g = TVector.MultiplyAdd(decay, p, g);
            TVector m = TVector.MultiplyAdd(keptFirst, Operand.Load<TVector>(_firstMoment + i, count), newFirst * g);
            TVector v = TVector.MultiplyAdd(newSecond * g, g, keptSecond * Operand.Load<TVector>(_secondMoment + i, count));

            // The moments of a parameter without gradients, as behind a dead ReLU, would end among the denormal numbers, on
            // which every operation takes a hundred times as long. Next to any ε they are nothing.
            m = TVector.ConditionalSelect(TVector.LessThan(TVector.Abs(m), smallest), TVector.Zero, m);
            v = TVector.ConditionalSelect(TVector.LessThan(v, smallest), TVector.Zero, v);
            Operand.Store(m, _firstMoment + i, count);
            Operand.Store(v, _secondMoment + i, count);
            TVector change = m / TVector.MultiplyAdd(TVector.Sqrt(v), root, floor);
            Operand.Store(TVector.MultiplyAdd(step, change, p * kept), _parameters + i, count);
        }
    }
}
