namespace Benchmarks.Bench.Rows;

/// <summary>x·σ(x), as a user would write it.</summary>
internal readonly struct CustomSilu : IActivation
{
    public static bool DerivativeUsesOutput => false;

    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> => x * VectorMath.Sigmoid(x);

    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sigmoid = VectorMath.Sigmoid(saved);
        return sigmoid + (saved * sigmoid * (TVector.Broadcast(1f) - sigmoid));
    }
}
