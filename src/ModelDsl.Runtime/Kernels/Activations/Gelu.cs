using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>
/// x·Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2; the derivative is Φ(x) + x·e^(-x²/2) / √(2π). Hendrycks and Gimpel (2016).
/// </summary>
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
        x * NormalDistribution(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
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
