using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>t·(log t - y), and 0 where t = 0; the derivative is -t.</summary>
internal readonly struct DivergenceOfLogarithm : IElementLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        derivative = VectorMath.UnlessNaN(output, -target);

        // The logarithm of a probability of zero is -∞, which the product would turn into NaN.
        return VectorMath.UnlessNaN(
            output,
            TVector.ConditionalSelect(
                TVector.GreaterThan(target, TVector.Zero), target * (VectorMath.Log(target) - output), TVector.Zero));
    }
}
