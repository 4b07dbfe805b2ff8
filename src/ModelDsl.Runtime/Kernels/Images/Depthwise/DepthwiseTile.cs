using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Σ source · weight over some taps, for four pixels at once. The run is the first one's; the others are stored here.</summary>
/// <remarks>The pixels are written out, because only locals stay in registers.</remarks>
internal readonly unsafe struct DepthwiseTile(DepthwiseTaps taps, float* result) : IElementwiseFunction
{
    /// <summary>The number of pixels.</summary>
    public const int Pixels = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum0 = TVector.Zero;
        TVector sum1 = TVector.Zero;
        TVector sum2 = TVector.Zero;
        TVector sum3 = TVector.Zero;
        nint step = taps.SourcePixelStep;
        for (int row = 0; row < taps.Rows; row++)
        {
            float* source = taps.Source + (row * taps.SourceRowStep) + index;
            float* weight = taps.Weight + (row * taps.WeightRowStep) + index;
            for (int column = 0; column < taps.Columns; column++)
            {
                TVector factor = Operand.Load<TVector>(weight, count);
                sum0 = TVector.MultiplyAdd(Operand.Load<TVector>(source, count), factor, sum0);
                sum1 = TVector.MultiplyAdd(Operand.Load<TVector>(source + step, count), factor, sum1);
                sum2 = TVector.MultiplyAdd(Operand.Load<TVector>(source + (2 * step), count), factor, sum2);
                sum3 = TVector.MultiplyAdd(Operand.Load<TVector>(source + (3 * step), count), factor, sum3);
                source += taps.SourceColumnStep;
                weight += taps.WeightColumnStep;
            }
        }

        float* to = result + index;
        Operand.Store(sum1, to + taps.ResultPixelStep, count);
        Operand.Store(sum2, to + (2 * taps.ResultPixelStep), count);
        Operand.Store(sum3, to + (3 * taps.ResultPixelStep), count);
        return sum0;
    }
}
