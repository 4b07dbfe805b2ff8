using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>A loss of the user's own as one of ours.</summary>
internal readonly struct CustomElementLoss<TLoss> : IElementLoss
    where TLoss : struct, ILoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector> =>
        TLoss.Evaluate(output, target, out derivative);
}
