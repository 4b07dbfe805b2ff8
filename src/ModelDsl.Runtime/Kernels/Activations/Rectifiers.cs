namespace ModelDsl.CompilerServices;

/// <summary>
/// max(0, x). The derivative at 0 is 0, so from the output it is 1 where the output is positive, and NaN at NaN.
/// </summary>
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
        TVector.ConditionalSelect(
            TVector.GreaterThan(saved, TVector.Zero), TVector.Broadcast(1f), TVector.Max(TVector.Zero, saved));
}

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

/// <summary>log(1 + e^x) = max(x, 0) + log(1 + e^-|x|); the derivative is the sigmoid.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Max(TVector.Zero, x) + VectorMath.LogOnePlus(VectorMath.Exp(-TVector.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.Sigmoid(saved);
}

/// <summary>
/// min(max(x, minimum), maximum); the derivative is 1 where the output lies between the bounds, and 0 elsewhere.
/// </summary>
/// <param name="minimum">The lower bound.</param>
/// <param name="maximum">The upper bound, above the lower one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Clip(float minimum, float maximum) : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Min(TVector.Broadcast(maximum), TVector.Max(TVector.Broadcast(minimum), x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector below = TVector.ConditionalSelect(
            TVector.LessThan(saved, TVector.Broadcast(maximum)), TVector.Broadcast(1f), TVector.Zero);
        return VectorMath.UnlessNaN(
            saved, TVector.ConditionalSelect(TVector.GreaterThan(saved, TVector.Broadcast(minimum)), below, TVector.Zero));
    }
}
