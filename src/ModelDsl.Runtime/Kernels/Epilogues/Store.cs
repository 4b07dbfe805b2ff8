using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>destination[row, column] = x: keeps the values so far, for the backward pass.</summary>
/// <param name="destination">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Store(FloatSpan destination, int columns) : IEpilogue
{
    private readonly FloatSpan _destination = destination;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the destination.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        values.CopyTo(_destination.Slice((row * columns) + column, values.Length));
}
