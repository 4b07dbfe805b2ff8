namespace ModelDsl.CompilerServices;

/// <summary>g += (l1·sign(x[row, column]) + 2·l2·x[row, column]) / batch: the gradient of <see cref="ActivityPenalty"/>.</summary>
/// <param name="values">The activities x: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="batch">The number of samples.</param>
/// <param name="l1">The factor of the absolute values, at least 0.</param>
/// <param name="l2">The factor of the squares, at least 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddPenaltyGradient(FloatSpan values, int columns, int batch, float l1, float l2) : IEpilogue
{
    private readonly MatrixOperand _values = new(values, columns);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the activities.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _values.Check(row, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector activities = _values.Load<TVector>(row, column, count);
        return values
            + PenaltyKernel.Derivative(activities, TVector.Broadcast(l1 / batch), TVector.Broadcast(l2 / batch));
    }
}
