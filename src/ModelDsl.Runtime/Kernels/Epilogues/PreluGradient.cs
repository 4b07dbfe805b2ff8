using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>g where the input is positive, slope[column]·g elsewhere: the gradient of the input of <see cref="Prelu"/>.</summary>
/// <param name="input">What was given to the activation: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="slopes">One value for each column, or one for all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PreluGradient(FloatSpan input, int columns, FloatSpan slopes) : IEpilogue
{
    private readonly FloatSpan _input = input;
    private readonly FloatSpan _slopes = slopes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the input or the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        FloatSpan input = _input.Slice((row * columns) + column, values.Length);
        if (_slopes.Length == 1)
        {
            ElementwiseRun.Apply(values, new PreluGradientRun(input, default, _slopes[0]));
        }
        else
        {
            ElementwiseRun.Apply(values, new PreluGradientRun(input, _slopes.Slice(column, values.Length), 0f));
        }
    }
}
