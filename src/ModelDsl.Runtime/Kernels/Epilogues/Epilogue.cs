namespace ModelDsl.CompilerServices;

/// <summary>
/// What is done to the finished values of a result while they are in the cache: a bias, an activation, dropout. Kernels
/// call it from several threads at once, for each element exactly once and in no order that it may rely on.
/// </summary>
/// <remarks>
/// A stage that is a function of one value and its place says so, and states it for vectors: then stages that follow
/// each other are applied to a vector at once.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue
{
    /// <summary>Whether <see cref="Apply"/> does what <see cref="Invoke"/> does.</summary>
    static virtual bool IsElementwise => false;

    /// <summary>
    /// Whether <see cref="Apply"/> is so long that a loop over several rows at once could not inline it.
    /// </summary>
    internal static virtual bool IsLong => false;

    /// <summary>Changes or reads a finished run of one row.</summary>
    /// <param name="values">The values at <paramref name="row"/>, from <paramref name="column"/> on.</param>
    /// <param name="row">The run's row in the result.</param>
    /// <param name="column">The first value's column in the result.</param>
    void Invoke(Span<float> values, int row, int column);

    /// <summary>Makes sure that <see cref="Apply"/> may be called for each value of a block.</summary>
    /// <param name="row">The block's first row in the result.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="column">The block's first column in the result.</param>
    /// <param name="columns">The number of its columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block reaches beyond an operand.</exception>
    void Check(int row, int rows, int column, int columns);

    /// <summary>Becomes a part of what is done tile by tile, where it can.</summary>
    /// <param name="finish">The stages before this one.</param>
    /// <returns>Whether it has; if not, the stages follow the kernel's sums block by block.</returns>
    internal bool Join(ref ColumnFinish finish);

    /// <summary>
    /// Whether <see cref="Apply"/> looks at values by their place in a matrix of so many columns alone, so that rows
    /// without gaps may be taken for one.
    /// </summary>
    /// <param name="columns">The columns of the result.</param>
    internal bool IsFlat(int columns);

    /// <summary>The new values of neighbouring columns of a row, within a block that was checked.</summary>
    /// <param name="values">The values so far.</param>
    /// <param name="row">Their row in the result.</param>
    /// <param name="column">The first value's column in the result.</param>
    /// <param name="count">How many lanes hold values; operands are not read beyond.</param>
    /// <typeparam name="TVector">The vector.</typeparam>
    TVector Apply<TVector>(TVector values, int row, int column, int count)
        where TVector : struct, ISimdVector<TVector> =>
        throw new NotSupportedException();
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
    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    public void Invoke(Span<float> values, int row, int column)
    {
    }

    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) => values;

    bool IEpilogue.Join(ref ColumnFinish finish) => true;

    bool IEpilogue.IsFlat(int columns) => true;
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

    static bool IEpilogue.IsElementwise => TFirst.IsElementwise && TSecond.IsElementwise;

    static bool IEpilogue.IsLong => TFirst.IsLong || TSecond.IsLong;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        if (TFirst.IsElementwise && TSecond.IsElementwise)
        {
            ElementwiseStage.Invoke(this, values, row, column);
            return;
        }

        _first.Invoke(values, row, column);
        _second.Invoke(values, row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _first.Check(row, rows, column, columns);
        _second.Check(row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        _second.Apply(_first.Apply(values, row, column, count), row, column, count);

    bool IEpilogue.Join(ref ColumnFinish finish) => _first.Join(ref finish) && _second.Join(ref finish);

    bool IEpilogue.IsFlat(int columns) => _first.IsFlat(columns) && _second.IsFlat(columns);
}

/// <summary>destination[row, column] = x: keeps the values so far, for the backward pass.</summary>
/// <param name="destination">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Store(FloatSpan destination, int columns) : IEpilogue
{
    private readonly MatrixOperand _destination = new(destination, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the destination.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _destination.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _destination.Check(row, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        _destination.Store(values, row, column, count);
        return values;
    }
}
