using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>x where x is positive, slope[column]·x elsewhere. He et al. (2015).</summary>
/// <param name="slopes">One value for each column, or one for all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Prelu(FloatSpan slopes) : IEpilogue
{
    private readonly FloatSpan _slopes = slopes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        if (_slopes.Length == 1)
        {
            ElementwiseRun.Apply(values, new PreluRun(default, _slopes[0]));
        }
        else
        {
            ElementwiseRun.Apply(values, new PreluRun(_slopes.Slice(column, values.Length), 0f));
        }
    }
}
