using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x = (x - mean[sample, column]) · scale[sample, column] + bias[column].</summary>
/// <param name="mean">[batch, columns].</param>
/// <param name="scale">[batch, columns].</param>
/// <param name="bias">[columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
/// <param name="columns">The number of columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeSamples(FloatSpan mean, FloatSpan scale, FloatSpan bias, int rows, int columns) : IEpilogue
{
    private readonly FloatSpan _mean = mean;
    private readonly FloatSpan _scale = scale;
    private readonly FloatSpan _bias = bias;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        int place = (row / rows * columns) + column;
        ElementwiseRun.Apply(values, new NormalizeRun(
            _mean.Slice(place, values.Length), _scale.Slice(place, values.Length), _bias.Slice(column, values.Length)));
    }
}
