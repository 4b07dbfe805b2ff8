namespace ModelDsl.CompilerServices;

/// <summary>g *= f(first[row, column], second[row, column]): a gradient times a derivative.</summary>
/// <param name="first">A row-major matrix as large as the gradient.</param>
/// <param name="second">Another one.</param>
/// <param name="columns">The number of their columns.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Weigh<TFunction>(FloatSpan first, FloatSpan second, int columns) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _first = new(first, columns);
    private readonly MatrixOperand _second = new(second, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _first.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _first.Check(row, rows, column, columns);
        _second.Check(row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values * TFunction.Apply(
            _first.Load<TVector>(row, column, count), _second.Load<TVector>(row, column, count));
}

/// <summary>g *= f(first[row, column], number): a gradient times a derivative.</summary>
/// <param name="first">A row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="number">The number.</param>
/// <typeparam name="TFunction">The function f.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WeighNumber<TFunction>(FloatSpan first, int columns, float number) : IEpilogue
    where TFunction : struct, IBinaryFunction
{
    private readonly MatrixOperand _first = new(first, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => _first.IsFlat(columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _first.Check(row, rows, column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values * TFunction.Apply(_first.Load<TVector>(row, column, count), TVector.Broadcast(number));
}
