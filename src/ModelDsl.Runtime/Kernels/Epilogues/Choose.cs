namespace ModelDsl.CompilerServices;

/// <summary>x where condition[row, column] is not 0, other[row, column] where it is.</summary>
/// <param name="condition">A row-major matrix as large as the result.</param>
/// <param name="other">Another one.</param>
/// <param name="columns">The number of their columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Choose(FloatSpan condition, FloatSpan other, int columns) : IEpilogue
{
    private readonly MatrixOperand _condition = new(condition, columns);
    private readonly MatrixOperand _other = new(other, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _condition.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _condition.Check(row, rows, column, columns);
        _other.Check(row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector isZero = TVector.EqualTo(_condition.Load<TVector>(row, column, count), TVector.Zero);
        return TVector.ConditionalSelect(isZero, _other.Load<TVector>(row, column, count), values);
    }
}

/// <summary>A number where condition[row, column] is not 0, or where it is; x elsewhere.</summary>
/// <param name="condition">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="number">The number.</param>
/// <param name="whereZero">Whether the number stands where the condition is 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FillWhere(FloatSpan condition, int columns, float number, bool whereZero) : IEpilogue
{
    private readonly MatrixOperand _condition = new(condition, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the condition.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _condition.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _condition.Check(row, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector filled = TVector.Broadcast(number);
        TVector isZero = TVector.EqualTo(_condition.Load<TVector>(row, column, count), TVector.Zero);
        return TVector.ConditionalSelect(isZero, whereZero ? filled : values, whereZero ? values : filled);
    }
}
