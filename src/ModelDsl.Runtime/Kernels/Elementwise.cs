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

/// <summary>
/// Applies stages to a matrix in chunks of a row that stay in the first-level cache from stage to stage.
/// </summary>
/// <param name="source">A row-major matrix.</param>
/// <param name="destination">A matrix as large; may be the source.</param>
/// <param name="columns">The number of columns.</param>
/// <param name="epilogue">The stages.</param>
internal readonly struct ElementwiseKernel<TEpilogue>(
    FloatSpan source, FloatSpan destination, int columns, TEpilogue epilogue) : IRangeKernel
    where TEpilogue : struct, IEpilogue
{
    private const int ChunkColumns = 2048;

    private readonly FloatSpan _source = source;
    private readonly FloatSpan _destination = destination;
    private readonly TEpilogue _epilogue = epilogue;

    /// <summary>The number of chunks in a row. The kernel's range counts chunks.</summary>
    public int Chunks => (columns + ChunkColumns - 1) / ChunkColumns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        if (TEpilogue.IsElementwise && Chunks == 1)
        {
            int rows = end - start;
            FloatSpan source = Part(_source, start, 0, rows * columns);
            FloatSpan destination = Part(_destination, start, 0, rows * columns);
            ElementwiseStage.Copy(_epilogue, source, destination, rows, columns, start, firstColumn: 0);
            return;
        }

        for (int chunk = start; chunk < end; chunk++)
        {
            int row = chunk / Chunks;
            int column = chunk % Chunks * ChunkColumns;
            int length = Math.Min(ChunkColumns, columns - column);
            FloatSpan from = Part(_source, row, column, length);
            FloatSpan to = Part(_destination, row, column, length);
            if (TEpilogue.IsElementwise)
            {
                ElementwiseStage.Copy(_epilogue, from, to, rows: 1, length, row, column);
                continue;
            }

            from.AsSpan().CopyTo(to);
            _epilogue.Invoke(to, row, column);
        }
    }

    private FloatSpan Part(FloatSpan matrix, int row, int column, int length) =>
        matrix.Slice((row * columns) + column, length);
}
