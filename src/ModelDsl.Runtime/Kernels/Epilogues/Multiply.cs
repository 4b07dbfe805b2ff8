using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x *= other[row, column].</summary>
/// <param name="other">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Multiply(FloatSpan other, int columns) : IEpilogue
{
    private readonly FloatSpan _other = other;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new MultiplyRun(_other.Slice((row * columns) + column, values.Length)));
}
