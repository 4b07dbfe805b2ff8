using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>x[i] + block[i], with what rounding has taken so far in rests[i].</summary>
internal readonly unsafe struct AddBlockRun(float* block, float* rests) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector rest = Operand.Load<TVector>(rests + index, count);
        LongSum.Add(ref values, ref rest, Operand.Load<TVector>(block + index, count));
        Operand.Store(rest, rests + index, count);
        return values;
    }
}
