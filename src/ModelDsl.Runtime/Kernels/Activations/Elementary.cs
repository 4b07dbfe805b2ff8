namespace ModelDsl.CompilerServices;

/// <summary>-x; the derivative is -1, and NaN at NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Negate : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => VectorMath.UnlessNaN(saved, TVector.Broadcast(-1f));
}

/// <summary>e^x, which is its own derivative.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Exp : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => VectorMath.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => saved;
}

/// <summary>log x; the derivative is 1 / x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Log : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => VectorMath.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(1f) / saved;
}

/// <summary>√x; the derivative is 1 / (2·√x).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sqrt : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => TVector.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(0.5f) / saved;
}

/// <summary>x²; the derivative is 2·x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Square : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => x * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => saved + saved;
}

/// <summary>|x|; the derivative is the sign of x, 0 at 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Abs : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => TVector.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => default(Sign).Forward(saved);
}

/// <summary>sin x; the derivative is cos x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sin : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => Trigonometry.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => Trigonometry.Cos(saved);
}

/// <summary>cos x; the derivative is -sin x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Cos : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => Trigonometry.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => -Trigonometry.Sin(saved);
}

/// <summary>1 / x; the derivative is -1 / x².</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Reciprocal : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(1f) / x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => -(saved * saved);
}

/// <summary>-1, 0 or 1; the derivative is 0, and NaN at NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sign : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.UnlessNaN(
            x,
            TVector.ConditionalSelect(
                TVector.EqualTo(x, TVector.Zero), TVector.Zero, TVector.CopySign(TVector.Broadcast(1f), x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector> => VectorMath.UnlessNaN(saved, TVector.Zero);
}
