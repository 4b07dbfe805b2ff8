namespace ModelDsl.CompilerServices;

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
