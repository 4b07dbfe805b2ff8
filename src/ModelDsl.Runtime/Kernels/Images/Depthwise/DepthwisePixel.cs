using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Σ source · weight over some taps, for one pixel.</summary>
internal readonly unsafe struct DepthwisePixel(DepthwiseTaps taps) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int row = 0; row < taps.Rows; row++)
        {
            float* source = taps.Source + (row * taps.SourceRowStep) + index;
            float* weight = taps.Weight + (row * taps.WeightRowStep) + index;
            for (int column = 0; column < taps.Columns; column++)
            {
                sum = TVector.MultiplyAdd(Operand.Load<TVector>(source, count), Operand.Load<TVector>(weight, count), sum);
                source += taps.SourceColumnStep;
                weight += taps.WeightColumnStep;
            }
        }

        return sum;
    }
}
