namespace ModelDsl.CompilerServices;

/// <summary>x *= other[row, column].</summary>
/// <param name="other">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Multiply(FloatSpan other, int columns) : IEpilogue
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
        values * _other.Load<TVector>(row, column, count);
}

/// <summary>x *= scale[column].</summary>
/// <param name="scale">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaleColumns(FloatSpan scale) : IEpilogue
{
    private readonly ColumnOperand _scale = new(scale);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the scale.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _scale.Check(column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values * _scale.Load<TVector>(column, count);
}
