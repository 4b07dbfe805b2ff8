namespace ModelDsl.CompilerServices;

/// <summary>
/// What x has of the gradient of max(x, y): 1 where it is larger, 0 where it is smaller, a half where both are equal,
/// and NaN where either is NaN.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LargerShare : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector equal = TVector.ConditionalSelect(
            TVector.EqualTo(x, y), TVector.Broadcast(0.5f), TVector.Broadcast(float.NaN));
        TVector other = TVector.ConditionalSelect(TVector.LessThan(x, y), TVector.Zero, equal);
        return TVector.ConditionalSelect(TVector.GreaterThan(x, y), TVector.Broadcast(1f), other);
    }
}

/// <summary>-x / y: the derivative of a / y with respect to y, where x is a / y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QuotientSlope : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => -(x / y);
}

/// <summary>y · x^(y - 1): the derivative of x^y with respect to x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PowerSlope : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        return y * Powers.Power(x, y - one);
    }
}

/// <summary>x^y · log x: the derivative of x^y with respect to y; 0 where x is 0 and y is not negative.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PowerGrowth : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector growth = Powers.Power(x, y) * VectorMath.Log(x);
        TVector isFlat = TVector.ConditionalSelect(TVector.LessThan(y, TVector.Zero), growth, TVector.Zero * y);
        return TVector.ConditionalSelect(TVector.EqualTo(x, TVector.Zero), isFlat, growth);
    }
}

/// <summary>What x has of the gradient of min(x, y): <see cref="LargerShare"/> the other way round.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SmallerShare : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => LargerShare.Apply(y, x);
}

/// <summary>x · y^(x - 1): the derivative of y^x with respect to y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReversePowerSlope : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => PowerSlope.Apply(y, x);
}

/// <summary>y^x · log y: the derivative of y^x with respect to x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReversePowerGrowth : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => PowerGrowth.Apply(y, x);
}
