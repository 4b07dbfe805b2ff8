using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The sum of each column of a gradient, and of its products with the input's distance from the mean.</summary>
/// <param name="gradient">[rows, columns].</param>
/// <param name="input">[rows, columns].</param>
/// <param name="mean">[columns].</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The distance between two rows.</param>
/// <param name="products">[columns], where the sums of products go.</param>
internal readonly unsafe struct ColumnProducts(float* gradient, float* input, float* mean, int rows, int columns, float* products)
    : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector middle = Operand.Load<TVector>(mean + index, count);
        TVector sums = TVector.Zero, restOfSums = TVector.Zero;
        TVector all = TVector.Zero, restOfAll = TVector.Zero;
        for (int row = 0; row < rows;)
        {
            TVector sum = TVector.Zero, product = TVector.Zero;
            for (int end = Math.Min(rows, row + LongSum.Block); row < end; row++)
            {
                nint place = ((nint)row * columns) + index;
                TVector value = Operand.Load<TVector>(gradient + place, count);
                sum += value;
                product = TVector.MultiplyAdd(value, Operand.Load<TVector>(input + place, count) - middle, product);
            }

            LongSum.Add(ref sums, ref restOfSums, sum);
            LongSum.Add(ref all, ref restOfAll, product);
        }

        Operand.Store(all, products + index, count);
        return sums;
    }
}
