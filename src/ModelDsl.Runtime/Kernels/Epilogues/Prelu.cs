namespace ModelDsl.CompilerServices;

/// <summary>x where x is positive, slope[column]·x elsewhere. He et al. (2015).</summary>
/// <param name="slopes">One value for each column, or one for all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Prelu(FloatSpan slopes) : IEpilogue
{
    private readonly SlopeOperand _slopes = new(slopes);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) => _slopes.Check(column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) => TVector.ConditionalSelect(
            TVector.GreaterThan(values, TVector.Zero), values, values * _slopes.Load<TVector>(column, count));
}

/// <summary>
/// g where the input is positive, slope[column]·g elsewhere: the gradient of the input of <see cref="Prelu"/>.
/// </summary>
/// <param name="input">What was given to the activation: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="slopes">One value for each column, or one for all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PreluGradient(FloatSpan input, int columns, FloatSpan slopes) : IEpilogue
{
    private readonly MatrixOperand _input = new(input, columns);
    private readonly SlopeOperand _slopes = new(slopes);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the input or the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _input.Check(row, rows, column, columns);
        _slopes.Check(column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector input = _input.Load<TVector>(row, column, count);
        return VectorMath.UnlessNaN(
            input,
            TVector.ConditionalSelect(
                TVector.GreaterThan(input, TVector.Zero), values, values * _slopes.Load<TVector>(column, count)));
    }
}

/// <summary>The slopes of a PReLU: one for each column, or one for all.</summary>
internal readonly struct SlopeOperand(FloatSpan slopes)
{
    private readonly FloatSpan _slopes = slopes;

    /// <summary>Makes sure that some columns are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int column, int columns)
    {
        if (_slopes.Length != 1)
        {
            _slopes.Slice(column, columns);
        }
    }

    /// <summary>The slopes of neighbouring columns that were checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe TVector Load<TVector>(int column, int count)
        where TVector : struct, ISimdVector<TVector> => _slopes.Length == 1
            ? TVector.Broadcast(*_slopes.Pointer)
            : Operand.Load<TVector>(_slopes.Pointer + column, count);
}
