namespace ModelDsl.Kernels;

/// <summary>
/// The mean of each column's distance from a value near it, over a few rows, and the sum of the squares of the distances from
/// the mean.
/// </summary>
/// <remarks>
/// A sum of the values themselves would be rounded by the size of the values, not of their differences: a column of equal values
/// would not have them as its mean.
/// </remarks>
/// <param name="block">[rows, columns].</param>
/// <param name="rows">The number of rows: few enough to stay in the cache, at least 1.</param>
/// <param name="columns">The distance between two rows.</param>
/// <param name="near">[columns], a value of each column.</param>
/// <param name="squares">[columns], where the sums of squares go.</param>
internal readonly unsafe struct ColumnMoments(float* block, int rows, int columns, float* near, float* squares) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector middle = Operand.Load<TVector>(near + index, count);
        TVector sum = TVector.Zero;
        for (int row = 0; row < rows; row++)
        {
            sum += Operand.Load<TVector>(block + ((nint)row * columns) + index, count) - middle;
        }

        TVector mean = sum * TVector.Broadcast(1f / rows);
        TVector square = TVector.Zero;
        for (int row = 0; row < rows; row++)
        {
            TVector distance = Operand.Load<TVector>(block + ((nint)row * columns) + index, count) - middle - mean;
            square = TVector.MultiplyAdd(distance, distance, square);
        }

        Operand.Store(square, squares + index, count);
        return mean;
    }

    /// <summary>
    /// A block's squared distances: what was stored, or, where that is no float, their sum in double precision.
    /// </summary>
    /// <param name="stored">What was stored.</param>
    /// <param name="block">The block's first element of the column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The distance of two rows.</param>
    /// <param name="center">The block's mean.</param>
    public static double Squares(float stored, float* block, int rows, int columns, double center) =>
        float.IsPositiveInfinity(stored) ? RowSums.FarSumOfSquares(block, columns, center, rows) : stored;
}

/// <summary>
/// The sum of each column of a gradient, and of its products with the input's distance from the mean.
/// </summary>
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
