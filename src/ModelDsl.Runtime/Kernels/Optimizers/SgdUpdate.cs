using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The element-wise update of <see cref="SgdKernel"/>.</summary>
/// <remarks>Limited by memory: five streams with momentum, three without.</remarks>
internal readonly unsafe struct SgdUpdate(
    float* parameters,
    float* gradients,
    float* velocity,
    float learningRate,
    float momentum,
    bool nesterov,
    float weightDecay,
    float gradientScale) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly float* _gradients = gradients;
    private readonly float* _velocity = velocity;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-learningRate);
        TVector kept = TVector.Broadcast(momentum);
        TVector decay = TVector.Broadcast(weightDecay);
        TVector scale = TVector.Broadcast(gradientScale);
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_gradients + i);
            if (_velocity is not null)
            {
                Prefetching.PageAhead(_velocity + i);
            }

            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = Operand.Load<TVector>(_gradients + i, count) * scale;
            g = TVector.MultiplyAdd(decay, p, g);
            if (_velocity is not null)
            {
                TVector v = TVector.MultiplyAdd(kept, Operand.Load<TVector>(_velocity + i, count), g);
                Operand.Store(v, _velocity + i, count);
                g = nesterov ? TVector.MultiplyAdd(kept, v, g) : v;
            }

            Operand.Store(TVector.MultiplyAdd(step, g, p), _parameters + i, count);
        }
    }
}
