using ModelDsl.Extensibility;

namespace ModelDsl.TestModels;

/// <summary>x / √(1 + x²); from the input the derivative is (1 / √(1 + x²))³.</summary>
public readonly record struct InverseSquareRoot : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        x / Root(x);

    /// <inheritdoc/>
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector inverse = TVector.Broadcast(1f) / Root(saved);
        return inverse * inverse * inverse;
    }

    private static TVector Root<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Sqrt(TVector.MultiplyAdd(x, x, TVector.Broadcast(1f)));
}

/// <summary>x / (1 + |x|); from the output the derivative is (1 - |y|)².</summary>
public readonly record struct Softsign : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => true;

    /// <inheritdoc/>
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        x / (TVector.Broadcast(1f) + TVector.Abs(x));

    /// <inheritdoc/>
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector rest = TVector.Broadcast(1f) - TVector.Abs(saved);
        return rest * rest;
    }
}
