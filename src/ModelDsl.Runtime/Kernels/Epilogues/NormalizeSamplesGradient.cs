using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>
/// g = g · scale - offset - (input[row, column] - mean) · slope, each of the row's sample and column: the gradient of group
/// normalisation's input.
/// </summary>
/// <param name="input">What was normalised: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="mean">[batch, columns].</param>
/// <param name="scale">[batch, columns].</param>
/// <param name="offset">[batch, columns].</param>
/// <param name="slope">[batch, columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeSamplesGradient(
    FloatSpan input, int columns, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope, int rows) : IEpilogue
{
    private readonly FloatSpan _input = input;
    private readonly FloatSpan _mean = mean;
    private readonly FloatSpan _scale = scale;
    private readonly FloatSpan _offset = offset;
    private readonly FloatSpan _slope = slope;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        int place = (row / rows * columns) + column;
        ElementwiseRun.Apply(values, new NormalizeSamplesGradientRun(
            _input.Slice((row * columns) + column, values.Length),
            _mean.Slice(place, values.Length),
            _scale.Slice(place, values.Length),
            _offset.Slice(place, values.Length),
            _slope.Slice(place, values.Length)));
    }
}
