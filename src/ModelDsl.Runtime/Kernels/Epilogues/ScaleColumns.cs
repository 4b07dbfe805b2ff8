using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x *= scale[column].</summary>
/// <param name="scale">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaleColumns(FloatSpan scale) : IEpilogue
{
    private readonly FloatSpan _scale = scale;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the scale.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new MultiplyRun(_scale.Slice(column, values.Length)));
}
