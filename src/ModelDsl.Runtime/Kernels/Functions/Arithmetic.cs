namespace ModelDsl.CompilerServices;

/// <summary>x + y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Addition : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => x + y;
}

/// <summary>x - y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Subtraction : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => x - y;
}

/// <summary>y - x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReverseSubtraction : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => y - x;
}

/// <summary>x · y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Multiplication : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => x * y;
}

/// <summary>x / y.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Division : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => x / y;
}

/// <summary>y / x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReverseDivision : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => y / x;
}

/// <summary>The larger of the two; NaN where either is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Maximum : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => VectorMath.MaxOrNaN(x, y);
}

/// <summary>The smaller of the two; NaN where either is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Minimum : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => VectorMath.UnlessNaN(x, TVector.Min(x, y));
}

/// <summary>x^y: NaN where x is negative and y is no integer, and where either is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Power : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => Powers.Power(x, y);
}

/// <summary>y^x: NaN where y is negative and x is no integer, and where either is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReversePower : IBinaryFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector> => Powers.Power(y, x);
}
