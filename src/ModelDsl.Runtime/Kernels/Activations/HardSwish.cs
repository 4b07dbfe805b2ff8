using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x·min(max(x + 3, 0), 6) / 6; the derivative is 0 below -3, 1 above 3 and (2·x + 3) / 6 between. Howard et al. (2019).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSwish : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        // From -3 down the result is 0; that of -∞ would be no number.
        x = TVector.Max(TVector.Broadcast(-3f), x);
        TVector gate = TVector.Min(TVector.Broadcast(6f), x + TVector.Broadcast(3f));
        return x * (gate * TVector.Broadcast(1f / 6f));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector slope = TVector.MultiplyAdd(saved, TVector.Broadcast(1f / 3f), TVector.Broadcast(0.5f));
        TVector above = TVector.ConditionalSelect(
            TVector.LessThan(saved, TVector.Broadcast(3f)), slope, TVector.Broadcast(1f));
        return VectorMath.UnlessNaN(
            saved, TVector.ConditionalSelect(TVector.GreaterThan(saved, TVector.Broadcast(-3f)), above, TVector.Zero));
    }
}
