using System.Runtime.Intrinsics;

namespace ModelDsl.CompilerServices;

/// <summary>
/// Normalises the columns of a matrix by their mean and variance over all rows. Ioffe and Szegedy, "Batch
/// Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift" (2015).
/// </summary>
/// <remarks>
/// Limited by memory. Rows are taken in blocks that stay in the first-level cache, so that a block's mean is known
/// before the squares of its distances are added up; the blocks' moments are then joined in double precision, in their
/// order (Chan, Golub and LeVeque, 1979). The blocks depend on the shape alone, and so do all bits.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BatchNormalization
{
    private const int BlockRows = 128;

    /// <summary>
    /// mean[c] and inverse[c] = 1 / √(variance[c] + ε) of each column, scale = weight · inverse, and
    /// running ← running + momentum · (batch - running), with the variance of a sample (divided by rows - 1), as in
    /// PyTorch. One row has no such variance, and leaves the running statistics as they are; so does a batch of which
    /// any mean or variance is not finite, which they could not recover from.
    /// </summary>
    /// <param name="input">[rows, columns].</param>
    /// <param name="weight">[columns].</param>
    /// <param name="runningMean">[columns], moved towards the mean.</param>
    /// <param name="runningVariance">[columns], moved towards the variance.</param>
    /// <param name="mean">[columns].</param>
    /// <param name="inverse">[columns].</param>
    /// <param name="scale">[columns].</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="momentum">The weight of this batch in the running statistics, in (0, 1].</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Statistics(
        FloatSpan input, FloatSpan weight, FloatSpan runningMean, FloatSpan runningVariance,
        FloatSpan mean, FloatSpan inverse, FloatSpan scale, int rows, int columns, float momentum, float epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Guard.Matrix(input, rows, columns);
        Check(columns, weight, runningMean, runningVariance, mean, inverse, scale);
        StatisticsOf(
            new WholeRows(input.Pointer, columns), weight, runningMean, runningVariance, mean, inverse, scale, rows,
            columns,
            momentum, epsilon);
    }

    /// <summary>The same over rows in whatever format they are stored.</summary>
    internal static void StatisticsOf<TRows>(
        TRows input, FloatSpan weight, FloatSpan runningMean, FloatSpan runningVariance,
        FloatSpan mean, FloatSpan inverse, FloatSpan scale, int rows, int columns, float momentum, float epsilon)
        where TRows : struct, IStoredRows
    {
        int blocks = (rows + BlockRows - 1) / BlockRows;
        FloatSpan shared = SharedScratch.Get(((2 * blocks) + 1) * columns);
        FloatSpan moments = shared.Slice(0, 2 * blocks * columns);
        float* firstRow = input.First(shared.Slice(moments.Length, columns).Pointer);
        var work = new MomentWork<TRows>(input, firstRow, moments.Pointer, rows, columns);
        LineWork.Run(blocks, (long)rows * columns, ref work);
        bool isFinite = true;
        for (int column = 0; column < columns; column++)
        {
            double joinedMean = 0, squares = 0;
            for (int block = 0; block < blocks; block++)
            {
                double before = (double)block * BlockRows;
                double count = Math.Min(BlockRows, rows - before);
                float near = moments[(2 * block * columns) + column];
                double distance = near - joinedMean;
                joinedMean += distance * count / (before + count);
                float stored = moments[(((2 * block) + 1) * columns) + column];
                double own = float.IsPositiveInfinity(stored)
                    ? RowSums.FarSumOfSquares(
                        input.Rows(block * BlockRows, (int)count, part: 0, parts: 1) + column, columns,
                        (double)firstRow[column] + near, (int)count)
                    : stored;
                squares += own + (distance * distance * before * count / (before + count));
            }

            // The blocks' means are distances from the first row.
            mean[column] = (float)(firstRow[column] + joinedMean);
            inverse[column] = (float)(1 / Math.Sqrt((squares / rows) + epsilon));
            scale[column] = weight[column] * inverse[column];

            // The column's moments have been read, so their place is free.
            float variance = (float)(squares / (rows - 1));
            moments[column] = variance;
            isFinite &= float.IsFinite(mean[column]) && float.IsFinite(variance);
        }

        // The variance of one row is 0/0. Of a broken batch no column is taken: its samples may be wrong in all of
        // them.
        for (int column = 0; isFinite && column < columns; column++)
        {
            runningMean[column] += momentum * (mean[column] - runningMean[column]);
            runningVariance[column] += momentum * (moments[column] - runningVariance[column]);
        }
    }

    /// <summary>scale[c] = weight[c] / √(variance[c] + ε), for statistics that are known.</summary>
    /// <param name="weight">[columns].</param>
    /// <param name="variance">[columns].</param>
    /// <param name="scale">[columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Scale(FloatSpan weight, FloatSpan variance, FloatSpan scale, int columns, float epsilon)
    {
        Check(columns, weight, variance, scale);
        int column = 0;

        // Predictions of small models spend a tenth of their time on these roots if they are taken one by one.
        for (; column <= columns - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            (Vector256<double> Lower, Vector256<double> Upper) weights = Widen(weight, column);
            (Vector256<double> Lower, Vector256<double> Upper) variances = Widen(variance, column);
            Vector256<double> constant = Vector256.Create((double)epsilon);
            Vector256.Narrow(
                weights.Lower / Vector256.Sqrt(variances.Lower + constant),
                weights.Upper / Vector256.Sqrt(variances.Upper + constant)).Store(scale.Pointer + column);
        }

        for (; column < columns; column++)
        {
            scale[column] = (float)(weight[column] / Math.Sqrt((double)variance[column] + epsilon));
        }

        static (Vector256<double> Lower, Vector256<double> Upper) Widen(FloatSpan values, int start) =>
            Vector256.Widen(Vector256.Load(values.Pointer + start));
    }

    /// <summary>
    /// biasGradient[c] = Σ gradient[·, c] and weightGradient[c] = Σ gradient[·, c] · (input[·, c] - mean[c]) ·
    /// inverse[c], and what <see cref="NormalizeGradient"/> takes off each row.
    /// </summary>
    /// <param name="outputGradient">[rows, columns].</param>
    /// <param name="input">[rows, columns].</param>
    /// <param name="mean">[columns], from <see cref="Statistics"/>.</param>
    /// <param name="inverse">[columns], from <see cref="Statistics"/>.</param>
    /// <param name="weightGradient">[columns].</param>
    /// <param name="biasGradient">[columns].</param>
    /// <param name="offset">[columns]: the bias's gradient / rows.</param>
    /// <param name="slope">[columns]: the weight's gradient · inverse / rows.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the gradients are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Gradients(
        FloatSpan outputGradient, FloatSpan input, FloatSpan mean, FloatSpan inverse,
        FloatSpan weightGradient, FloatSpan biasGradient, FloatSpan offset, FloatSpan slope,
        int rows, int columns, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(input, rows, columns);
        Check(columns, mean, inverse, weightGradient, biasGradient, offset, slope);
        GradientsOf(
            new WholeRows(outputGradient.Pointer, columns), new WholeRows(input.Pointer, columns), mean, inverse,
            weightGradient, biasGradient, offset, slope, rows, columns, accumulate);
    }

    /// <summary>The same over rows in whatever format they are stored.</summary>
    internal static void GradientsOf<TRows>(
        TRows outputGradient, TRows input, FloatSpan mean, FloatSpan inverse,
        FloatSpan weightGradient, FloatSpan biasGradient, FloatSpan offset, FloatSpan slope,
        int rows, int columns, bool accumulate)
        where TRows : struct, IStoredRows
    {
        accumulate |= weightGradient.GoesOn;
        int blocks = (rows + BlockRows - 1) / BlockRows;
        FloatSpan sums = SharedScratch.Get(2 * blocks * columns);
        var work = new GradientWork<TRows>(outputGradient, input, mean.Pointer, sums.Pointer, rows, columns);
        LineWork.Run(blocks, (long)rows * columns, ref work);
        for (int column = 0; column < columns; column++)
        {
            double sum = 0, products = 0;
            for (int block = 0; block < blocks; block++)
            {
                sum += sums[(2 * block * columns) + column];
                products += sums[(((2 * block) + 1) * columns) + column];
            }

            double weight = products * inverse[column];
            offset[column] = (float)(sum / rows);
            slope[column] = (float)(weight * inverse[column] / rows);
            weightGradient[column] = (accumulate ? weightGradient[column] : 0f) + (float)weight;
            biasGradient[column] = (accumulate ? biasGradient[column] : 0f) + (float)sum;
        }
    }

    internal static void Check(int columns, params ReadOnlySpan<FloatSpan> vectors)
    {
        foreach (FloatSpan vector in vectors)
        {
            Guard.Vector(vector, columns);
        }
    }

    private readonly struct MomentWork<TRows>(TRows input, float* firstRow, float* moments, int rows, int columns)
        : ILineWork
        where TRows : struct, IStoredRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int block)
        {
            int row = block * BlockRows;
            int count = Math.Min(BlockRows, rows - row);
            float* means = moments + ((nint)2 * block * columns);
            float* values = input.Rows(row, count, part: 0, parts: 1);
            ElementwiseRun.Apply(
                new Span<float>(means, columns),
                new ColumnMoments(values, count, columns, firstRow, means + columns));
        }
    }

    private readonly struct GradientWork<TRows>(
        TRows gradient, TRows input, float* mean, float* sums, int rows, int columns) : ILineWork
        where TRows : struct, IStoredRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int block)
        {
            int row = block * BlockRows;
            int count = Math.Min(BlockRows, rows - row);
            float* to = sums + ((nint)2 * block * columns);
            float* gradients = gradient.Rows(row, count, part: 0, parts: 2);
            float* values = input.Rows(row, count, part: 1, parts: 2);
            ElementwiseRun.Apply(
                new Span<float>(to, columns),
                new ColumnProducts(gradients, values, mean, count, columns, to + columns));
        }
    }
}
