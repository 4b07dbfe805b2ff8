namespace ModelDsl.CompilerServices;

/// <summary>
/// Normalises groups of columns by their mean and variance over all rows of a sample. Wu and He, "Group Normalization" (2018).
/// </summary>
/// <remarks>
/// Limited by memory. What belongs to a group is kept for each of its columns, so that a row is finished by vectors whatever
/// the groups' width.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class GroupNormalization
{
    /// <summary>The rows whose moments are taken in single precision.</summary>
    private const int BlockRows = 128;

    /// <summary>
    /// mean and inverse = 1 / √(variance + ε) of each sample's groups, and scale = weight · inverse, for each column.
    /// </summary>
    /// <param name="input">[batch, rows, columns].</param>
    /// <param name="weight">[columns].</param>
    /// <param name="mean">[batch, columns].</param>
    /// <param name="inverse">[batch, columns].</param>
    /// <param name="scale">[batch, columns].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="rows">The number of rows of a sample, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="groups">The number of groups; divides the columns.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the groups do not divide the columns.</exception>
    public static void Statistics(
        FloatSpan input, FloatSpan weight, FloatSpan mean, FloatSpan inverse, FloatSpan scale,
        int batch, int rows, int columns, int groups, float epsilon)
    {
        Check(batch, rows, columns, groups, input, weight, mean, inverse, scale);
        var work = new StatisticsWork(input, weight, mean, inverse, scale, rows, columns, columns / groups, epsilon);
        LineWork.Run(batch, (long)batch * rows * columns, ref work);
    }

    /// <summary>
    /// biasGradient[c] = Σ gradient and weightGradient[c] = Σ gradient · (input - mean) · inverse over all samples, and
    /// what <see cref="NormalizeSamplesGradient"/> takes off each row.
    /// </summary>
    /// <param name="outputGradient">[batch, rows, columns].</param>
    /// <param name="input">[batch, rows, columns].</param>
    /// <param name="weight">[columns].</param>
    /// <param name="mean">[batch, columns], from <see cref="Statistics"/>.</param>
    /// <param name="inverse">[batch, columns], from <see cref="Statistics"/>.</param>
    /// <param name="weightGradient">[columns], or empty where it is not wanted.</param>
    /// <param name="biasGradient">[columns], or empty where it is not wanted.</param>
    /// <param name="offset">[batch, columns].</param>
    /// <param name="slope">[batch, columns].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="rows">The number of rows of a sample, at least 1.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="groups">The number of groups; divides the columns.</param>
    /// <param name="accumulate">Whether the gradients are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the groups do not divide the columns.</exception>
    public static void Gradients(
        FloatSpan outputGradient, FloatSpan input, FloatSpan weight, FloatSpan mean, FloatSpan inverse,
        FloatSpan weightGradient, FloatSpan biasGradient, FloatSpan offset, FloatSpan slope,
        int batch, int rows, int columns, int groups, bool accumulate = false)
    {
        Check(batch, rows, columns, groups, input, weight, mean, inverse, offset);
        Guard.Blocks(outputGradient, batch, rows, columns);
        Guard.Matrix(slope, batch, columns);
        var sums = new SumWork(
            outputGradient.Pointer, input.Pointer, mean.Pointer, offset.Pointer, slope.Pointer, rows, columns);
        LineWork.Run(batch, (long)batch * rows * columns, ref sums);
        AddSamples(offset, default, biasGradient, batch, columns, accumulate);
        AddSamples(slope, inverse, weightGradient, batch, columns, accumulate);
        var work = new ShareWork(weight, inverse, offset, slope, rows, columns, columns / groups);
        LineWork.Run(batch, (long)batch * rows * columns, ref work);
    }

    // In blocks of samples, each a term of the sum: parts of a batch have the bits of the whole.
    private static void AddSamples(
        FloatSpan sums, FloatSpan factors, FloatSpan gradient, int batch, int columns, bool accumulate)
    {
        accumulate |= gradient.GoesOn;
        for (int column = 0; column < columns && !gradient.IsEmpty; column++)
        {
            float total = accumulate ? gradient[column] : 0f;
            for (int first = 0; first < batch; first += BatchSum.BlockSamples)
            {
                double sum = 0;
                for (int sample = first; sample < Math.Min(batch, first + BatchSum.BlockSamples); sample++)
                {
                    int place = (sample * columns) + column;
                    sum += (double)sums[place] * (factors.IsEmpty ? 1f : factors[place]);
                }

                total += (float)sum;
            }

            gradient[column] = total;
        }
    }

    private static void Check(
        int batch, int rows, int columns, int groups, FloatSpan input, FloatSpan weight, FloatSpan mean, FloatSpan inverse, FloatSpan scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (columns % groups != 0)
        {
            throw new ArgumentException(
                Invariant($"expected groups that divide {columns} columns, got {groups}"), nameof(groups));
        }

        Guard.Blocks(input, batch, rows, columns);
        Guard.Vector(weight, columns);
        Guard.Matrix(mean, batch, columns);
        Guard.Matrix(inverse, batch, columns);
        Guard.Matrix(scale, batch, columns);
    }

    private readonly struct StatisticsWork(
        FloatSpan input, FloatSpan weight, FloatSpan mean, FloatSpan inverse, FloatSpan scale,
        int rows, int columns, int width, float epsilon) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int sample)
        {
            FloatSpan means = mean.Slice(sample * columns, columns);
            FloatSpan inverses = inverse.Slice(sample * columns, columns);
            float* first = input.Pointer + ((nint)sample * rows * columns);

            // The columns' own moments first, joined over blocks of rows; then the group's.
            double* joined = (double*)Scratch.Get(4L * columns);
            double* squares = joined + columns;
            new Span<double>(joined, 2 * columns).Clear();
            for (int row = 0; row < rows; row += BlockRows)
            {
                int count = Math.Min(BlockRows, rows - row);
                double share = count / ((double)row + count);
                double weightOfDistance = row * share;
                ElementwiseRun.Apply(
                    means, new ColumnMoments(first + ((nint)row * columns), count, columns, first, inverses.Pointer));
                for (int column = 0; column < columns; column++)
                {
                    double distance = means[column] - joined[column];
                    joined[column] += distance * share;
                    double own = ColumnMoments.Squares(
                        inverses[column], first + ((nint)row * columns) + column, count, columns,
                        (double)first[column] + means[column]);
                    squares[column] += own + (distance * distance * weightOfDistance);
                }
            }

            for (int column = 0; column < columns; column++)
            {
                joined[column] += first[column];
            }

            for (int column = 0; column < columns; column += width)
            {
                Join(joined + column, squares + column, means.Slice(column, width), inverses.Slice(column, width));
            }

            for (int column = 0; column < columns; column++)
            {
                scale[(sample * columns) + column] = weight[column] * inverses[column];
            }
        }

        private void Join(double* means, double* squares, Span<float> mean, Span<float> inverse)
        {
            double sum = 0, square = 0;
            for (int i = 0; i < width; i++)
            {
                sum += means[i];
            }

            double joined = sum / width;
            for (int i = 0; i < width; i++)
            {
                double distance = means[i] - joined;
                square += squares[i] + (rows * distance * distance);
            }

            mean.Fill((float)joined);
            inverse.Fill((float)(1 / Math.Sqrt((square / ((double)rows * width)) + epsilon)));
        }
    }

    private readonly struct SumWork(
        float* gradient, float* input, float* mean, float* sums, float* products, int rows, int columns) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int sample)
        {
            nint first = (nint)sample * rows * columns;
            nint place = (nint)sample * columns;
            ElementwiseRun.Apply(
                new Span<float>(sums + place, columns),
                new ColumnProducts(gradient + first, input + first, mean + place, rows, columns, products + place));
        }
    }

    /// <summary>Turns each sample's sums into what its rows lose: the group's mean, and its slope along the input.</summary>
    private readonly struct ShareWork(
        FloatSpan weight, FloatSpan inverse, FloatSpan offset, FloatSpan slope, int rows, int columns, int width) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int sample)
        {
            for (int first = 0; first < columns; first += width)
            {
                double sum = 0, product = 0;
                int place = (sample * columns) + first;
                for (int i = 0; i < width; i++)
                {
                    sum += (double)weight[first + i] * offset[place + i];
                    product += (double)weight[first + i] * slope[place + i];
                }

                double factor = inverse[place] / ((double)rows * width);
                offset.Slice(place, width).AsSpan().Fill((float)(sum * factor));
                slope.Slice(place, width).AsSpan().Fill((float)(product * factor * inverse[place] * inverse[place]));
            }
        }
    }
}
