using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>g[i] where input[i] is positive, slope·g[i] elsewhere.</summary>
/// <param name="input">As many floats as the run has.</param>
/// <param name="slopes">As many floats as the run has, or none.</param>
/// <param name="slope">The slope where there is one for all.</param>
internal readonly unsafe struct PreluGradientRun(FloatSpan input, FloatSpan slopes, float slope) : IElementwiseFunction
{
    private readonly float* _input = input.Pointer;
    private readonly float* _slopes = slopes.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = _slopes is null ? TVector.Broadcast(slope) : Operand.Load<TVector>(_slopes + index, count);
        TVector input = Operand.Load<TVector>(_input + index, count);
        return VectorMath.UnlessNaN(
            input, TVector.ConditionalSelect(TVector.GreaterThan(input, TVector.Zero), values, values * factor));
    }
}
