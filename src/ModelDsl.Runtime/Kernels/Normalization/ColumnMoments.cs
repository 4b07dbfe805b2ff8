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
        float* column = block + index;
        TVector even = TVector.Zero, odd = TVector.Zero;
        int row = 0;

        // Two sums at once, so that additions wait half as long for each other.
        for (; row < rows - 1; row += 2)
        {
            even += Operand.Load<TVector>(column + ((nint)row * columns), count) - middle;
            odd += Operand.Load<TVector>(column + ((nint)(row + 1) * columns), count) - middle;
        }

        if (row < rows)
        {
            even += Operand.Load<TVector>(column + ((nint)row * columns), count) - middle;
        }

        TVector mean = (even + odd) * TVector.Broadcast(1f / rows);
        even = TVector.Zero;
        odd = TVector.Zero;
        for (row = 0; row < rows - 1; row += 2)
        {
            TVector distance = Operand.Load<TVector>(column + ((nint)row * columns), count) - middle - mean;
            TVector next = Operand.Load<TVector>(column + ((nint)(row + 1) * columns), count) - middle - mean;
            even = TVector.MultiplyAdd(distance, distance, even);
            odd = TVector.MultiplyAdd(next, next, odd);
        }

        if (row < rows)
        {
            TVector distance = Operand.Load<TVector>(column + ((nint)row * columns), count) - middle - mean;
            even = TVector.MultiplyAdd(distance, distance, even);
        }

        Operand.Store(even + odd, squares + index, count);
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
            TVector nextSum = TVector.Zero, nextProduct = TVector.Zero;
            int end = Math.Min(rows, row + LongSum.Block);

            // Two sums of each at once, so that additions wait half as long for each other.
            for (; row < end - 1; row += 2)
            {
                nint place = ((nint)row * columns) + index;
                Add(gradient + place, input + place, middle, count, ref sum, ref product);
                Add(
                    gradient + place + columns, input + place + columns, middle, count, ref nextSum, ref nextProduct);
            }

            if (row < end)
            {
                nint place = ((nint)row * columns) + index;
                Add(gradient + place, input + place, middle, count, ref sum, ref product);
                row++;
            }

            LongSum.Add(ref sums, ref restOfSums, sum + nextSum);
            LongSum.Add(ref all, ref restOfAll, product + nextProduct);
        }

        Operand.Store(all, products + index, count);
        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVector>(
        float* gradient, float* input, TVector middle, int count, ref TVector sum, ref TVector product)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector value = Operand.Load<TVector>(gradient, count);
        sum += value;
        product = TVector.MultiplyAdd(value, Operand.Load<TVector>(input, count) - middle, product);
    }
}
