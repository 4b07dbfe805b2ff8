using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x += table[row mod rows, column]: the same matrix for every sample of a batch.</summary>
/// <param name="table">[rows, columns].</param>
/// <param name="rows">The rows of a sample.</param>
/// <param name="columns">The width of a row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddRepeated(FloatSpan table, int rows, int columns) : IEpilogue
{
    private readonly FloatSpan _table = table;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the table.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new AddRun(_table.Slice((row % rows * columns) + column, values.Length)));
}
