namespace ModelDsl.CompilerServices;

/// <summary>1 where x &lt; y, 0 elsewhere, where either is NaN too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Less : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.LessThan(x, y), TVector.Broadcast(1f), TVector.Zero);
}

/// <summary>1 where x ≤ y, 0 elsewhere, where either is NaN too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LessOrEqual : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.EqualTo(x, y), TVector.Broadcast(1f), Less.Apply(x, y));
}

/// <summary>1 where x &gt; y, 0 elsewhere, where either is NaN too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Greater : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.GreaterThan(x, y), TVector.Broadcast(1f), TVector.Zero);
}

/// <summary>1 where x ≥ y, 0 elsewhere, where either is NaN too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GreaterOrEqual : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.EqualTo(x, y), TVector.Broadcast(1f), Greater.Apply(x, y));
}

/// <summary>x where y is not 0, 0 where it is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Selection : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.EqualTo(y, TVector.Zero), TVector.Zero, x);
}

/// <summary>x where y is 0, 0 where it is not.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rejection : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.EqualTo(y, TVector.Zero), x, TVector.Zero);
}
