using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The losses of <see cref="TripletLoss"/> triplet by triplet, and the gradient.</summary>
internal readonly unsafe struct TripletKernel(
    float* outputs, float* gradient, int batch, int width, float margin, float gradientScale, double* partials)
    : IRangeKernel
{
    private readonly float* _outputs = outputs;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int triplet = start; triplet < end; triplet++)
        {
            float* anchor = _outputs + ((nint)triplet * 3 * width);
            float near = Distance<TVector>(anchor, anchor + width);
            float far = Distance<TVector>(anchor, anchor + (2 * width));
            float loss = near - far + margin;
            _partials[triplet] = loss <= 0f ? 0f : loss;
            if (_gradient is not null)
            {
                float share = loss <= 0f ? 0f : gradientScale / batch;
                Differentiate<TVector>(
                    anchor, _gradient + ((nint)triplet * 3 * width), near == 0f ? 0f : share / near, far == 0f ? 0f : share / far);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Distance<TVector>(float* x, float* y)
        where TVector : struct, ISimdVector<TVector> =>
        (float)Math.Sqrt(EmbeddingDistance.Square<TVector>(x, y, TripletLoss.Epsilon, width));

    /// <summary>∂p = -u·near, ∂n = v·far, ∂a = u·near - v·far, with u = a - p + ε and v = a - n + ε.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Differentiate<TVector>(float* anchor, float* g, float near, float far)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector offset = TVector.Broadcast(TripletLoss.Epsilon);
        for (int i = 0; i < width; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, width - i);
            TVector a = Operand.Load<TVector>(anchor + i, count) + offset;
            TVector toPositive = (a - Operand.Load<TVector>(anchor + width + i, count)) * TVector.Broadcast(near);
            TVector toNegative = (a - Operand.Load<TVector>(anchor + (2 * width) + i, count)) * TVector.Broadcast(far);
            Operand.Store(toPositive - toNegative, g + i, count);
            Operand.Store(-toPositive, g + width + i, count);
            Operand.Store(toNegative, g + (2 * width) + i, count);
        }
    }
}
