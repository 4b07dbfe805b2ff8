namespace ModelDsl.Kernels;

/// <summary>Work that is done to each element of a matrix on its own.</summary>
/// <remarks>Limited by memory: each element is read and written once, whatever the number of stages.</remarks>
public static unsafe class Elementwise
{
    /// <summary>destination[row, column] = epilogue(source[row, column]).</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="destination">[rows, columns]; may be the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <param name="epilogue">The stages, from <see cref="Epilogue.Of{T}(T)"/>.</param>
    /// <typeparam name="TEpilogue">The type of the stages.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Apply<TEpilogue>(
        FloatSpan source, FloatSpan destination, int rows, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Matrix(source, rows, columns);
        Guard.Matrix(destination, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            Span<float> run = destination.Slice(row * columns, columns);
            source.Slice(row * columns, columns).AsSpan().CopyTo(run);
            epilogue.Invoke(run, row, 0);
        }
    }
}
