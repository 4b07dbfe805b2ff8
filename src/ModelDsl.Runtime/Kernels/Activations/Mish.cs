using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>
/// x·t with t = tanh(log(1 + e^x)) = n / (n + 2), n = e^x·(e^x + 2); the derivative is t + x·(1 - t²)·σ(x). Misra (2019).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Mish : IActivation
{
    /// <inheritdoc/>
    public static bool DerivativeUsesOutput => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        VectorMath.AboveNegativeInfinity(x) * Gate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 128 the derivative is 0 or 1; an infinity would be multiplied by 0.
        saved = VectorMath.Clamp(saved, 128f);
        TVector gate = Gate(saved);
        TVector fall = TVector.Broadcast(1f) - (gate * gate);
        return TVector.MultiplyAdd(saved * fall, VectorMath.Sigmoid(saved), gate);
    }

    /// <summary>1 in single precision from 20 on, where n would soon overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector power = VectorMath.Exp(TVector.Min(TVector.Broadcast(20f), x));
        TVector n = power * (power + TVector.Broadcast(2f));
        return n / (n + TVector.Broadcast(2f));
    }
}
