using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>(g[i] - offset[i] - (input[i] - mean[i]) · slope[i]) · scale[i].</summary>
internal readonly unsafe struct NormalizeGradientRun(
    FloatSpan input, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope) : IElementwiseFunction
{
    private readonly float* _input = input.Pointer;
    private readonly float* _mean = mean.Pointer;
    private readonly float* _scale = scale.Pointer;
    private readonly float* _offset = offset.Pointer;
    private readonly float* _slope = slope.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector distance = Operand.Load<TVector>(_mean + index, count) - Operand.Load<TVector>(_input + index, count);
        TVector centred = values - Operand.Load<TVector>(_offset + index, count);
        TVector rest = TVector.MultiplyAdd(distance, Operand.Load<TVector>(_slope + index, count), centred);
        return rest * Operand.Load<TVector>(_scale + index, count);
    }
}
