using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>x[i] where it is positive, slope·x[i] elsewhere.</summary>
/// <param name="slopes">As many floats as the run has, or none.</param>
/// <param name="slope">The slope where there is one for all.</param>
internal readonly unsafe struct PreluRun(FloatSpan slopes, float slope) : IElementwiseFunction
{
    private readonly float* _slopes = slopes.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = _slopes is null ? TVector.Broadcast(slope) : Operand.Load<TVector>(_slopes + index, count);
        return TVector.ConditionalSelect(TVector.GreaterThan(values, TVector.Zero), values, values * factor);
    }
}
