using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x·σ(x) with σ the sigmoid; the derivative is σ·(1 + x·(1 - σ)). Elfwing et al. (2017).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 128 the derivative is 0 or 1; an infinity would be multiplied by 0.
        saved = VectorMath.Clamp(saved, 128f);
        TVector one = TVector.Broadcast(1f);
        TVector sigmoid = VectorMath.Sigmoid(saved);
        return sigmoid * TVector.MultiplyAdd(saved, one - sigmoid, one);
    }
}
