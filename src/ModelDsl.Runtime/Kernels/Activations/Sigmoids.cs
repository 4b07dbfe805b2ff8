namespace ModelDsl.CompilerServices;

/// <summary>σ(x) = 1 / (1 + e^-x); σ' = y·(1 - y) from the output y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        saved * (TVector.Broadcast(1f) - saved);
}

/// <summary>tanh x; the derivative is 1 - y² from the output y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Tanh : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MultiplyAdd(-saved, saved, TVector.Broadcast(1f));
}

/// <summary>
/// min(max(x + 3, 0), 6) / 6; the derivative is 1/6 where the output lies between 0 and 1, and 0 elsewhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSigmoid : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shifted = TVector.Max(TVector.Zero, x + TVector.Broadcast(3f));
        return TVector.Min(TVector.Broadcast(6f), shifted) / TVector.Broadcast(6f);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector below = TVector.ConditionalSelect(
            TVector.LessThan(saved, TVector.Broadcast(1f)), TVector.Broadcast(1f / 6f), TVector.Zero);
        return VectorMath.UnlessNaN(
            saved, TVector.ConditionalSelect(TVector.GreaterThan(saved, TVector.Zero), below, TVector.Zero));
    }
}
