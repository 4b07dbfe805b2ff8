namespace ModelDsl.CompilerServices;

/// <summary>x = f(x, other[sample, column]), the same for all rows of a sample.</summary>
/// <param name="other">[samples, columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
/// <param name="columns">The number of columns.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineSamples<TFunction>(FloatSpan other, int rows, int columns) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _other = new(other, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int count, int column, int blockColumns)
    {
        _other.CheckSamples(row, count, rows, column, blockColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, _other.Load<TVector>(row / rows, column, count));
}

/// <summary>x = f(x, other[row / rows]): one value for so many rows.</summary>
/// <param name="other">A value for each run of rows, such as one for each row or for each sample.</param>
/// <param name="rows">The number of rows that share a value.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineRows<TFunction>(FloatSpan other, int rows) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _other = new(other, columns: 1);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int count, int column, int columns)
    {
        _other.CheckSamples(row, count, rows, column: 0, blockColumns: 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, TVector.Broadcast(_other[row / rows]));
}

/// <summary>x = f(x, table[row mod rows, column]): the same matrix for every sample of a batch.</summary>
/// <param name="table">[rows, columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
/// <param name="columns">The number of columns.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineRepeated<TFunction>(FloatSpan table, int rows, int columns) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _table = new(table, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int count, int column, int blockColumns)
    {
        int first = row % rows;
        bool isWithin = first + count <= rows;
        _table.Check(isWithin ? first : 0, isWithin ? count : rows, column, blockColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, _table.Load<TVector>(row % rows, column, count));
}
