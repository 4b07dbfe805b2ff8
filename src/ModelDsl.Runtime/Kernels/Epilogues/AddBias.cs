using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x += bias[column].</summary>
/// <param name="bias">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddBias(FloatSpan bias) : IEpilogue
{
    private readonly FloatSpan _bias = bias;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the bias.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new AddRun(_bias.Slice(column, values.Length)));
}
