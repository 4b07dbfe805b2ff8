using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>max(0, x). The derivative at 0 is 0, so from the output it is 1 where the output is positive, and NaN at NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Max(TVector.Zero, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.UnlessNaN(
            saved, TVector.ConditionalSelect(TVector.GreaterThan(saved, TVector.Zero), TVector.Broadcast(1f), TVector.Zero));
}
