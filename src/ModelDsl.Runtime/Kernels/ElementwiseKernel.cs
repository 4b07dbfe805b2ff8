using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Applies stages to a matrix in chunks of a row that stay in the first-level cache from stage to stage.</summary>
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
        for (int chunk = start; chunk < end; chunk++)
        {
            int row = chunk / Chunks;
            int column = chunk % Chunks * ChunkColumns;
            int length = Math.Min(ChunkColumns, columns - column);
            Span<float> values = _destination.Slice((row * columns) + column, length);
            _source.Slice((row * columns) + column, length).AsSpan().CopyTo(values);
            _epilogue.Invoke(values, row, column);
        }
    }
}
