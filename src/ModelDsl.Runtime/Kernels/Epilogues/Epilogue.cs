namespace ModelDsl.CompilerServices;

/// <summary>
/// What is done to the finished values of a result while they are in the cache: a bias, an activation, dropout. Kernels
/// call it from several threads at once, for each element exactly once and in no order that it may rely on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue
{
    /// <summary>Changes or reads a finished run of one row.</summary>
    /// <param name="values">The values at <paramref name="row"/>, from <paramref name="column"/> on.</param>
    /// <param name="row">The run's row in the result.</param>
    /// <param name="column">The first value's column in the result.</param>
    void Invoke(Span<float> values, int row, int column);
}

/// <summary>Builds the epilogue of a kernel from its stages, in the order in which they are done.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Epilogue
{
    /// <summary>The epilogue that leaves the values as they are.</summary>
    public static NoEpilogue None => default;

    /// <summary>One stage.</summary>
    public static TFirst Of<TFirst>(TFirst first)
        where TFirst : struct, IEpilogue => first;

    /// <summary>Two stages, one after the other.</summary>
    public static Chain<TFirst, TSecond> Of<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue =>
        new(first, second);

    /// <summary>Three stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, TThird>>
        Of<TFirst, TSecond, TThird>(TFirst first, TSecond second, TThird third)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue =>
        new(first, Of(second, third));

    /// <summary>Four stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, TFourth>>>
        Of<TFirst, TSecond, TThird, TFourth>(TFirst first, TSecond second, TThird third, TFourth fourth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue =>
        new(first, Of(second, third, fourth));

    /// <summary>Five stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, Chain<TFourth, TFifth>>>>
        Of<TFirst, TSecond, TThird, TFourth, TFifth>(
            TFirst first, TSecond second, TThird third, TFourth fourth, TFifth fifth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue
        where TFifth : struct, IEpilogue =>
        new(first, Of(second, third, fourth, fifth));

    /// <summary>Six stages, one after the other.</summary>
    public static Chain<TFirst, Chain<TSecond, Chain<TThird, Chain<TFourth, Chain<TFifth, TSixth>>>>>
        Of<TFirst, TSecond, TThird, TFourth, TFifth, TSixth>(
            TFirst first, TSecond second, TThird third, TFourth fourth, TFifth fifth, TSixth sixth)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue
        where TThird : struct, IEpilogue
        where TFourth : struct, IEpilogue
        where TFifth : struct, IEpilogue
        where TSixth : struct, IEpilogue =>
        new(first, Of(second, third, fourth, fifth, sixth));
}

/// <summary>Leaves the values as they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    public void Invoke(Span<float> values, int row, int column)
    {
    }
}

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

/// <summary>destination[row, column] = x: keeps the values so far, for the backward pass.</summary>
/// <param name="destination">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Store(FloatSpan destination, int columns) : IEpilogue
{
    private readonly FloatSpan _destination = destination;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the destination.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        values.CopyTo(_destination.Slice((row * columns) + column, values.Length));
}
