namespace ModelDsl.CompilerServices;

/// <summary>x += other[row, column].</summary>
/// <param name="other">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Add(FloatSpan other, int columns) : IEpilogue
{
    private readonly MatrixOperand _other = new(other, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _other.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _other.Check(row, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values + _other.Load<TVector>(row, column, count);
}

/// <summary>x += bias[column].</summary>
/// <param name="bias">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddBias(FloatSpan bias) : IEpilogue
{
    private readonly ColumnOperand _bias = new(bias);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the bias.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _bias.Check(column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values + _bias.Load<TVector>(column, count);

    bool IEpilogue.Join(ref ColumnFinish finish) => finish.TryAdd(_bias.Values);

    bool IEpilogue.IsFlat(int columns) => false;
}

/// <summary>x += table[row mod rows, column]: the same matrix for every sample of a batch.</summary>
/// <param name="table">[rows, columns].</param>
/// <param name="rows">The rows of a sample.</param>
/// <param name="columns">The width of a row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddRepeated(FloatSpan table, int rows, int columns) : IEpilogue
{
    private readonly MatrixOperand _table = new(table, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the table.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int count, int column, int blockColumns)
    {
        int first = row % rows;
        _table.Check(first, Math.Min(count, rows - first), column, blockColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values + _table.Load<TVector>(row % rows, column, count);
}
