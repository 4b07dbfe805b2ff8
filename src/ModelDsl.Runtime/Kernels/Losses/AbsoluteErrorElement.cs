using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>|y - t|, with the derivative sign(y - t), and 0 where y = t.</summary>
internal readonly struct AbsoluteErrorElement : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = output - target;
        derivative = VectorMath.UnlessNaN(
            difference,
            TVector.ConditionalSelect(
                TVector.EqualTo(difference, TVector.Zero), TVector.Zero, TVector.CopySign(TVector.Broadcast(1f), difference)));
        return TVector.Abs(difference);
    }
}
