using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary><see cref="Dropout"/> whose mask is the same for all rows of a sample.</summary>
/// <param name="rate">The probability that a column of a sample is zeroed, in [0, 1].</param>
/// <param name="seed">The model's seed.</param>
/// <param name="step">The number of the training step, in [0, 2⁴⁸).</param>
/// <param name="layer">The layer's number within the model, in [0, 2¹⁶).</param>
/// <param name="rows">The number of rows of a sample, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SpatialDropout(float rate, ulong seed, long step, int layer, int rows) : IEpilogue
{
    private readonly Dropout _dropout = new(rate, seed, step, layer);
    private readonly int _rows = rows > 0 ? rows : throw new ArgumentOutOfRangeException(nameof(rows), rows, "expected at least one row");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => _dropout.Invoke(values, row / _rows, column);
}
