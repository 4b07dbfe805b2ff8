namespace ModelDsl.CompilerServices;

/// <summary>x·σ(x) with σ the sigmoid; the derivative is σ·(1 + x·(1 - σ)). Elfwing et al. (2017).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 128 the derivative is 0 or 1; an infinity would be multiplied by 0.
        saved = VectorMath.Clamp(saved, 128f);
        TVector one = TVector.Broadcast(1f);
        TVector sigmoid = VectorMath.Sigmoid(saved);
        return sigmoid * TVector.MultiplyAdd(saved, one - sigmoid, one);
    }
}

/// <summary>
/// x·min(max(x + 3, 0), 6) / 6; the derivative is 0 below -3, 1 above 3 and (2·x + 3) / 6 between. Howard et al.
/// (2019).
/// </summary>
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

/// <summary>
/// x·t with t = tanh(log(1 + e^x)) = n / (n + 2), n = e^x·(e^x + 2); the derivative is t + x·(1 - t²)·σ(x). Misra
/// (2019).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Mish : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * Gate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 128 the derivative is 0 or 1; an infinity would be multiplied by 0.
        saved = VectorMath.Clamp(saved, 128f);
        TVector gate = Gate(saved);
        TVector fall = TVector.Broadcast(1f) - (gate * gate);
        return TVector.MultiplyAdd(saved * fall, VectorMath.Sigmoid(saved), gate);
    }

    /// <summary>1 in single precision from 20 on, where n would soon overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector power = VectorMath.Exp(TVector.Min(TVector.Broadcast(20f), x));
        TVector n = power * (power + TVector.Broadcast(2f));
        return n / (n + TVector.Broadcast(2f));
    }
}

/// <summary>
/// x·Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2; the derivative is Φ(x) + x·e^(-x²/2) / √(2π). Hendrycks and Gimpel (2016).
/// </summary>
/// <remarks>
/// Φ is exact to 6e-8 absolutely, not relatively: below -5 the result is 0 or a few such errors, and so is the
/// derivative. A power for the tail would cost the forward pass as much again.
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
