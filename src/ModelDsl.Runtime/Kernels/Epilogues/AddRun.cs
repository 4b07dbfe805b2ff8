using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>x[i] + addend[i].</summary>
/// <param name="addend">As many floats as the run has.</param>
internal readonly unsafe struct AddRun(FloatSpan addend) : IElementwiseFunction
{
    private readonly float* _addend = addend.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index)
        where TVector : struct, ISimdVector<TVector> => values + TVector.Load(_addend + index);
}
