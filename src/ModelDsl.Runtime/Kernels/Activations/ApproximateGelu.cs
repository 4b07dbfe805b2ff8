using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>
/// x·(1 + tanh u) / 2 with u = √(2/π)·(x + 0.044715·x³), as GPT-2 approximates the Gelu; the derivative is
/// (1 + tanh u) / 2 + x·(1 - tanh² u)·u' / 2. Hendrycks and Gimpel (2016).
/// </summary>
public readonly struct ApproximateGelu : IActivation
{
    private const float RootOfTwoByPi = 0.797884561f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector half = TVector.Broadcast(0.5f) * x;
        return TVector.MultiplyAdd(half, VectorMath.Tanh(Inner(x)), half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 16 the derivative is 0 or 1; the square of a huge argument would be infinite.
        saved = TVector.Min(TVector.Broadcast(16f), TVector.Max(TVector.Broadcast(-16f), saved));
        TVector one = TVector.Broadcast(1f);
        TVector half = TVector.Broadcast(0.5f);
        TVector tanh = VectorMath.Tanh(Inner(saved));
        TVector slope = TVector.MultiplyAdd(
            TVector.Broadcast(3f * Cubic * RootOfTwoByPi), saved * saved, TVector.Broadcast(RootOfTwoByPi));
        TVector sech = TVector.MultiplyAdd(-tanh, tanh, one);
        return half * TVector.MultiplyAdd(saved * sech, slope, one + tanh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Inner<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        x * TVector.MultiplyAdd(TVector.Broadcast(Cubic * RootOfTwoByPi), x * x, TVector.Broadcast(RootOfTwoByPi));
}
