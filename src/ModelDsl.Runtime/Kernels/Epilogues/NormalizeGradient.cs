using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>
/// g = (g - offset[column] - (input[row, column] - mean[column]) · slope[column]) · scale[column]: the gradient of batch
/// normalisation's input.
/// </summary>
/// <param name="input">What was normalised: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="mean">One value for each column.</param>
/// <param name="scale">One value for each column.</param>
/// <param name="offset">One value for each column.</param>
/// <param name="slope">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeGradient(
    FloatSpan input, int columns, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope) : IEpilogue
{
    private readonly FloatSpan _input = input;
    private readonly FloatSpan _mean = mean;
    private readonly FloatSpan _scale = scale;
    private readonly FloatSpan _offset = offset;
    private readonly FloatSpan _slope = slope;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new NormalizeGradientRun(
            _input.Slice((row * columns) + column, values.Length),
            _mean.Slice(column, values.Length),
            _scale.Slice(column, values.Length),
            _offset.Slice(column, values.Length),
            _slope.Slice(column, values.Length)));
}
