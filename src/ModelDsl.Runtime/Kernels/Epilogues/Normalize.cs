using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x = (x - mean[column]) · scale[column] + bias[column].</summary>
/// <param name="mean">One value for each column.</param>
/// <param name="scale">One value for each column.</param>
/// <param name="bias">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Normalize(FloatSpan mean, FloatSpan scale, FloatSpan bias) : IEpilogue
{
    private readonly FloatSpan _mean = mean;
    private readonly FloatSpan _scale = scale;
    private readonly FloatSpan _bias = bias;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new NormalizeRun(
            _mean.Slice(column, values.Length), _scale.Slice(column, values.Length), _bias.Slice(column, values.Length)));
}
