namespace ModelDsl.CompilerServices;

/// <summary>x = 0 in each row that is a step of padding, whatever stood there.</summary>
/// <param name="mask">A number for each row: 0 where the step counts, -∞ where it is padding.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ClearPadding(FloatSpan mask) : IEpilogue
{
    private readonly MatrixOperand _mask = new(mask, columns: 1);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The row is beyond the mask.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _mask.Check(row, rows, 0, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        _mask[row] == 0f ? values : TVector.Zero;
}
