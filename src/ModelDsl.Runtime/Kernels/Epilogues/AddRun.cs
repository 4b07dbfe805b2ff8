using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>x[i] + addend[i].</summary>
/// <param name="addend">As many floats as the run has.</param>
internal readonly unsafe struct AddRun(FloatSpan addend) : IElementwiseFunction
{
    private readonly float* _addend = addend.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> => values + Operand.Load<TVector>(_addend + index, count);
}
