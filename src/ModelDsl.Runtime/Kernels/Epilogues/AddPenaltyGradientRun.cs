using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>g[i] + l1·sign(x[i]) + 2·l2·x[i].</summary>
/// <param name="values">As many floats as the run has.</param>
/// <param name="l1">The factor of the absolute values.</param>
/// <param name="l2">The factor of the squares.</param>
internal readonly unsafe struct AddPenaltyGradientRun(FloatSpan values, float l1, float l2) : IElementwiseFunction
{
    private readonly float* _values = values.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        values + PenaltyKernel.Derivative(
            Operand.Load<TVector>(_values + index, count), TVector.Broadcast(l1), TVector.Broadcast(l2));
}
