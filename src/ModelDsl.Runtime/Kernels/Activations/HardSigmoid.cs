namespace ModelDsl.CompilerServices;

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
