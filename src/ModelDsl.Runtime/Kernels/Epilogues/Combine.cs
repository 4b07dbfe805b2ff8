namespace ModelDsl.CompilerServices;

/// <summary>x = f(x, other[row, column]).</summary>
/// <param name="other">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Combine<TFunction>(FloatSpan other, int columns) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _other = new(other, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _other.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _other.Check(row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, _other.Load<TVector>(row, column, count));
}

/// <summary>x = f(x, number).</summary>
/// <param name="number">The number.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineNumber<TFunction>(float number) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, TVector.Broadcast(number));
}

/// <summary>x = f(x, vector[column]).</summary>
/// <param name="vector">One value for each column, or one for all.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineColumns<TFunction>(FloatSpan vector) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly SlopeOperand _vector = new(vector);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _vector.Check(column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TFunction.Apply(values, _vector.Load<TVector>(column, count));
}
