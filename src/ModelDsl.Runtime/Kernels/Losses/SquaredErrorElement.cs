using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>(y - t)², with the derivative 2·(y - t).</summary>
internal readonly struct SquaredErrorElement : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = output - target;
        derivative = difference + difference;
        return difference * difference;
    }
}
