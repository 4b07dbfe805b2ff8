using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelDsl.CompilerServices;

/// <summary>One epilogue after the other.</summary>
/// <param name="first">What is done first.</param>
/// <param name="second">What is done with the values that the first has left.</param>
/// <typeparam name="TFirst">The first epilogue.</typeparam>
/// <typeparam name="TSecond">The second epilogue.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Chain<TFirst, TSecond>(TFirst first, TSecond second) : IEpilogue
    where TFirst : struct, IEpilogue
    where TSecond : struct, IEpilogue
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        _first.Invoke(values, row, column);
        _second.Invoke(values, row, column);
    }
}
