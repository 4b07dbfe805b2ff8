using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>(x[i] - mean[i]) · scale[i] + bias[i].</summary>
internal readonly unsafe struct NormalizeRun(FloatSpan mean, FloatSpan scale, FloatSpan bias) : IElementwiseFunction
{
    private readonly float* _mean = mean.Pointer;
    private readonly float* _scale = scale.Pointer;
    private readonly float* _bias = bias.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MultiplyAdd(
            values - Operand.Load<TVector>(_mean + index, count),
            Operand.Load<TVector>(_scale + index, count),
            Operand.Load<TVector>(_bias + index, count));
}
