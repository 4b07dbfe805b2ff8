namespace ModelDsl.CompilerServices;

/// <summary>
/// Copies ranges of columns from one matrix to another (concatenation, and its gradient), clears them, and adds up
/// columns.
/// </summary>
/// <remarks>Limited by memory.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Columns
{
    private const int GroupRows = 256;

    /// <summary>destination[row, destinationStart + i] = source[row, sourceStart + i], for i below <paramref name="count"/>.</summary>
    /// <param name="source">[rows, sourceColumns].</param>
    /// <param name="sourceColumns">The width of the source.</param>
    /// <param name="sourceStart">The first column that is read.</param>
    /// <param name="destination">[rows, destinationColumns]; not the source.</param>
    /// <param name="destinationColumns">The width of the destination.</param>
    /// <param name="destinationStart">The first column that is written.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="count">The number of columns to copy.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The columns do not lie within a matrix.</exception>
    public static void Copy(
        FloatSpan source, int sourceColumns, int sourceStart,
        FloatSpan destination, int destinationColumns, int destinationStart,
        int rows, int count)
    {
        Guard.Matrix(source, rows, sourceColumns);
        Guard.Matrix(destination, rows, destinationColumns);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckRange(sourceStart, sourceColumns - count, nameof(sourceStart));
        CheckRange(destinationStart, destinationColumns - count, nameof(destinationStart));
        var work = new CopyWork(
            source.Pointer + sourceStart, sourceColumns, destination.Pointer + destinationStart, destinationColumns,
            count);
        LineWork.RunRanges(rows, (long)rows * count, ref work);
    }

    /// <summary>destination[row, start + i] = 0, for i below <paramref name="count"/>.</summary>
    /// <param name="destination">[rows, columns].</param>
    /// <param name="columns">The width of the destination.</param>
    /// <param name="start">The first column that is written.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="count">The number of columns to clear.</param>
    /// <exception cref="ArgumentException">The destination is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The columns do not lie within the matrix.</exception>
    public static void Clear(FloatSpan destination, int columns, int start, int rows, int count)
    {
        Guard.Matrix(destination, rows, columns);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckRange(start, columns - count, nameof(start));
        var work = new ClearWork(destination.Pointer + start, columns, count);
        LineWork.RunRanges(rows, (long)rows * count, ref work);
    }

    /// <summary>
    /// sums[c] = Σ source[·, c]: the gradient of a bias. Groups of rows are summed first, then the groups in order.
    /// </summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="sums">[columns].</param>
    /// <param name="rows">The number of rows; with 0 the sums are 0.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <param name="accumulate">Whether the sums are added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Sum(FloatSpan source, FloatSpan sums, int rows, int columns, bool accumulate = false)
    {
        Guard.Matrix(source, rows, columns);
        Guard.Vector(sums, columns);
        accumulate |= sums.GoesOn;
        var groups = SumGroups.OfRows(rows, BatchSum.RowsOfBlock(sums, rows), GroupRows);
        FloatSpan parts = SharedScratch.Get(groups.Count * columns);
        var work = new SumWork(source, parts, groups, columns);
        LineWork.Run(groups.Count, (long)rows * columns, ref work);
        Span<float> result = sums.Slice(0, columns);
        if (!accumulate)
        {
            result.Clear();
        }

        ElementwiseRun.Apply(result, new SumPartsRun(parts.Pointer, groups.Count, groups.Together, columns));
    }

    private static void CheckRange(int start, int last, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, last, name);
    }

    private readonly struct CopyWork(
        float* source, nint sourceColumns, float* destination, nint destinationColumns, int count) : ILineRangeWork
    {
        public void Invoke(int start, int end)
        {
            for (nint row = start; row < end; row++)
            {
                new ReadOnlySpan<float>(source + (row * sourceColumns), count)
                    .CopyTo(new Span<float>(destination + (row * destinationColumns), count));
            }
        }
    }

    private readonly struct ClearWork(float* destination, nint columns, int count) : ILineRangeWork
    {
        public void Invoke(int start, int end)
        {
            for (nint row = start; row < end; row++)
            {
                new Span<float>(destination + (row * columns), count).Clear();
            }
        }
    }

    private readonly struct SumWork(FloatSpan source, FloatSpan parts, SumGroups groups, int columns) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int group)
        {
            (int row, int end) = groups.Range(group);
            float* first = source.Pointer + ((nint)row * columns);
            ElementwiseRun.Apply(parts.Slice(group * columns, columns), new Total(first, end - row, columns));
        }
    }

    private readonly struct Total(float* block, int rows, int columns) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            LongSum.Of<TVector, RowTerm>(rows, new(block + index, columns, count));
    }
}
