using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>
/// x·Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2; the derivative is Φ(x) + x·e^(-x²/2) / √(2π). Hendrycks and Gimpel (2016).
/// </summary>
/// <remarks>
/// Φ is exact to 6e-8 absolutely, not relatively: below -5 the result is 0 or a few such errors, and so is the derivative.
/// A power for the tail would cost the forward pass as much again.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Gelu : IActivation
{
    private const float InverseRootOfTwo = 0.707106781f;
    private const float InverseRootOfTwoPi = 0.398942280f;

    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * NormalDistribution(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 16 the derivative is 0 or 1; an infinity would be multiplied by 0.
        saved = VectorMath.Clamp(saved, 16f);
        TVector density =
            VectorMath.Exp(TVector.Broadcast(-0.5f) * saved * saved) * TVector.Broadcast(InverseRootOfTwoPi);
        return TVector.MultiplyAdd(saved, density, NormalDistribution(saved));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NormalDistribution<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector half = TVector.Broadcast(0.5f);
        return TVector.MultiplyAdd(half, VectorMath.Erf(x * TVector.Broadcast(InverseRootOfTwo)), half);
    }
}
