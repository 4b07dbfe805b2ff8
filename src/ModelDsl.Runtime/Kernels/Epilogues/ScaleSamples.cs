namespace ModelDsl.CompilerServices;

/// <summary>x *= factors[sample], the same for all rows of a sample.</summary>
/// <param name="factors">One factor for each sample.</param>
/// <param name="rows">The number of rows of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaleSamples(FloatSpan factors, int rows) : IEpilogue
{
    private readonly MatrixOperand _factors = new(factors, columns: 1);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the factors.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int count, int column, int columns) =>
        _factors.CheckSamples(row, count, rows, column: 0, blockColumns: 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        values * TVector.Broadcast(_factors[row / rows]);
}
