using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>t·(log t - log y), and 0 where t = 0; the derivative is -t / y.</summary>
internal readonly struct DivergenceOfProbability : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector present = TVector.GreaterThan(target, TVector.Zero);
        derivative = VectorMath.UnlessNaN(output, TVector.ConditionalSelect(present, -(target / output), TVector.Zero));
        TVector divergence = target * (VectorMath.Log(target) - VectorMath.Log(output));
        return VectorMath.UnlessNaN(output, TVector.ConditionalSelect(present, divergence, TVector.Zero));
    }
}
