using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x where x is positive, alpha·(e^x - 1) elsewhere. Clevert, Unterthiner and Hochreiter (2015).</summary>
/// <param name="alpha">What very negative elements come to, negated; above 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Elu(float alpha) : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            TVector.GreaterThan(x, TVector.Zero),
            x,
            TVector.Broadcast(alpha) * VectorMath.ExpMinusOneBelowZero(TVector.Min(TVector.Zero, x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            TVector.GreaterThan(saved, TVector.Zero), TVector.Broadcast(1f), saved + TVector.Broadcast(alpha));
}
