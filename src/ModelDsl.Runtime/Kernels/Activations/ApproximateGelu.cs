using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>
/// x·(1 + tanh u) / 2 = x·σ(2u) with u = √(2/π)·(x + 0.044715·x³), as GPT-2 approximates the Gelu; the derivative is
/// σ(2u) + 2·x·σ(2u)·(1 - σ(2u))·u'. Hendrycks and Gimpel (2016).
/// </summary>
/// <remarks>The logistic function keeps what 1 + tanh u would lose where u is far below zero.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ApproximateGelu : IActivation
{
    private const float TwiceRootOfTwoByPi = 2f * 0.797884561f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * VectorMath.Sigmoid(TwiceInner(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 16 the derivative is 0 or 1; the square of a huge argument would be infinite.
        saved = VectorMath.Clamp(saved, 16f);
        TVector twice = TwiceInner(saved);
        TVector e = VectorMath.Exp(-TVector.Abs(twice));
        TVector quotient = TVector.Broadcast(1f) / (TVector.Broadcast(1f) + e);
        TVector sigmoid = TVector.ConditionalSelect(TVector.LessThan(twice, TVector.Zero), e * quotient, quotient);
        TVector slope = TVector.MultiplyAdd(
            TVector.Broadcast(3f * Cubic * TwiceRootOfTwoByPi), saved * saved, TVector.Broadcast(TwiceRootOfTwoByPi));
        TVector bell = e * quotient * quotient;
        return TVector.MultiplyAdd(saved * bell, slope, sigmoid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TwiceInner<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        x * TVector.MultiplyAdd(
            TVector.Broadcast(Cubic * TwiceRootOfTwoByPi), x * x, TVector.Broadcast(TwiceRootOfTwoByPi));
}
