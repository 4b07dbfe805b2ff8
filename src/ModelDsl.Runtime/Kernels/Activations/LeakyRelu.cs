using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x where x is positive, slope·x elsewhere. Maas et al. (2013).</summary>
/// <param name="slope">The factor for negative elements, in [0, 1).</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyRelu(float slope) : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.GreaterThan(x, TVector.Zero), x, x * TVector.Broadcast(slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.UnlessNaN(
            saved,
            TVector.ConditionalSelect(TVector.GreaterThan(saved, TVector.Zero), TVector.Broadcast(1f), TVector.Broadcast(slope)));
}
