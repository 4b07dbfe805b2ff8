namespace ModelDsl.CompilerServices;

/// <summary>sums[column] = Σ values[row, column] over the rows: the gradient of what was added to every row.</summary>
/// <remarks>
/// Limited by memory. Divided among threads by columns, so each sum is taken in the order of the rows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ColumnSums
{
    private const int ElementsPerThread = 1 << 15;

    /// <summary>The sum of each column.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="sums">[columns].</param>
    /// <param name="rows">The number of rows; with 0 the sums are 0.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the sums are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Compute(FloatSpan values, FloatSpan sums, int rows, int columns, bool accumulate = false)
    {
        Guard.Matrix(values, rows, columns);
        Guard.Vector(sums, columns);
        accumulate |= sums.GoesOn;
        int threads = (int)Math.Clamp((long)rows * columns / ElementsPerThread, 1, WorkerPool.Parallelism);
        var work = new Work(values, sums, rows, columns, accumulate, BatchSum.RowsOfBlock(sums, rows), threads);
        WorkerPool.Run(threads, ref work);
    }

    private readonly struct Work(
        FloatSpan values, FloatSpan sums, int rows, int columns, bool accumulate, int blockRows, int threads)
        : IParallelWork
    {
        public void Invoke(int part)
        {
            (int start, int end) = Partition.Part(columns, threads, part, 16);
            Span<float> sum = sums.Slice(start, end - start);
            if (!accumulate)
            {
                sum.Clear();
            }

            if (!sum.IsEmpty)
            {
                ElementwiseRun.Apply(sum, new SumPartsRun(values.Pointer + start, rows, blockRows, columns));
            }
        }
    }
}
