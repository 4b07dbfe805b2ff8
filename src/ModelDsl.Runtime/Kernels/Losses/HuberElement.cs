using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>d²/2 where |d| ≤ δ and δ·(|d| - δ/2) elsewhere, with d = y - t; the derivative is d, clamped to [-δ, δ].</summary>
internal readonly struct HuberElement(float delta) : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector limit = TVector.Broadcast(delta);
        TVector difference = output - target;
        derivative = TVector.Max(-limit, TVector.Min(limit, difference));

        // With c the clamped difference, both branches are c·(d - c/2).
        return derivative * TVector.MultiplyAdd(TVector.Broadcast(-0.5f), derivative, difference);
    }
}
