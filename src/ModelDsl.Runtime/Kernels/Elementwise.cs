using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>Work that is done to each element of a matrix on its own.</summary>
/// <remarks>Limited by memory: each element is read and written once, whatever the number of stages.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Elementwise
{
    private const int PerThread = 1 << 15;

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
        if (rows == 0 || columns == 0)
        {
            return;
        }

        var kernel = new ElementwiseKernel<TEpilogue>(source, destination, columns, epilogue);
        int perThread = Math.Max(1, (int)((long)PerThread * kernel.Chunks / columns));
        RangeLoop<ElementwiseKernel<TEpilogue>>.Run(kernel, rows * kernel.Chunks, grain: 1, perThread);
    }
}
