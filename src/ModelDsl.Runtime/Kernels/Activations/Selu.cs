using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>scale·x where x is positive, scale·alpha·(e^x - 1) elsewhere. Klambauer et al. (2017).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Selu : IActivation
{
    private const float Scale = 1.05070098f;
    private const float Alpha = 1.67326324f;

    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            TVector.GreaterThan(x, TVector.Zero),
            TVector.Broadcast(Scale) * x,
            TVector.Broadcast(Scale * Alpha) * VectorMath.ExpMinusOneBelowZero(TVector.Min(TVector.Zero, x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            TVector.GreaterThan(saved, TVector.Zero), TVector.Broadcast(Scale), saved + TVector.Broadcast(Scale * Alpha));
}
