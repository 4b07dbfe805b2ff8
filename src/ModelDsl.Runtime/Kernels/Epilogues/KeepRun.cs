using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>scale · x[i] where kept[i] holds, else 0.</summary>
/// <param name="kept">One condition for each element of the run.</param>
/// <param name="scale">The factor for what is kept.</param>
internal readonly unsafe struct KeepRun(float* kept, float scale) : IElementwiseFunction
{
    private readonly float* _kept = kept;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            Operand.Load<TVector>(_kept + index, count), values * TVector.Broadcast(scale), TVector.Zero);
}
