using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>x[i] · factor[i].</summary>
/// <param name="factor">As many floats as the run has.</param>
internal readonly unsafe struct MultiplyRun(FloatSpan factor) : IElementwiseFunction
{
    private readonly float* _factor = factor.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        values * Operand.Load<TVector>(_factor + index, count);
}
