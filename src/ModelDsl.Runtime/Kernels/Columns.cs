namespace ModelDsl.Kernels;

/// <summary>Copies ranges of columns from one matrix to another: concatenation, and its gradient.</summary>
/// <remarks>Limited by memory.</remarks>
public static class Columns
{
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
        for (int row = 0; row < rows; row++)
        {
            source.Slice((row * sourceColumns) + sourceStart, count).AsSpan()
                .CopyTo(destination.Slice((row * destinationColumns) + destinationStart, count));
        }
    }

    private static void CheckRange(int start, int last, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, last, name);
    }
}
