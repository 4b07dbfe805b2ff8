namespace ModelDsl.CompilerServices;

/// <summary>x = (x - mean[column]) · scale[column] + bias[column].</summary>
/// <param name="mean">One value for each column.</param>
/// <param name="scale">One value for each column.</param>
/// <param name="bias">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Normalize(FloatSpan mean, FloatSpan scale, FloatSpan bias) : IEpilogue
{
    private readonly ColumnOperand _mean = new(mean);
    private readonly ColumnOperand _scale = new(scale);
    private readonly ColumnOperand _bias = new(bias);

    static bool IEpilogue.IsElementwise => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => ElementwiseStage.Invoke(this, values, row, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
        _mean.Check(column, columns);
        _scale.Check(column, columns);
        _bias.Check(column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        TVector.MultiplyAdd(
            values - _mean.Load<TVector>(column, count),
            _scale.Load<TVector>(column, count),
            _bias.Load<TVector>(column, count));

    bool IEpilogue.Join(ref ColumnFinish finish) => finish.TryNormalize(_mean.Values, _scale.Values, _bias.Values);

    bool IEpilogue.IsFlat(int columns) => false;
}

/// <summary>x = (x - mean[sample, column]) · scale[sample, column] + bias[column].</summary>
/// <param name="mean">[batch, columns].</param>
/// <param name="scale">[batch, columns].</param>
/// <param name="bias">[columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
/// <param name="columns">The number of columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeSamples(FloatSpan mean, FloatSpan scale, FloatSpan bias, int rows, int columns) : IEpilogue
{
    private readonly MatrixOperand _mean = new(mean, columns);
    private readonly MatrixOperand _scale = new(scale, columns);
    private readonly ColumnOperand _bias = new(bias);

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
        _mean.CheckSamples(row, count, rows, column, blockColumns);
        _scale.CheckSamples(row, count, rows, column, blockColumns);
        _bias.Check(column, blockColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        int sample = row / rows;
        return TVector.MultiplyAdd(
            values - _mean.Load<TVector>(sample, column, count),
            _scale.Load<TVector>(sample, column, count),
            _bias.Load<TVector>(column, count));
    }
}

/// <summary>
/// g = (g - offset[column] - (input[row, column] - mean[column]) · slope[column]) · scale[column]: the gradient of
/// batch normalisation's input.
/// </summary>
/// <param name="input">What was normalised: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="mean">One value for each column.</param>
/// <param name="scale">One value for each column.</param>
/// <param name="offset">One value for each column.</param>
/// <param name="slope">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeGradient(
    FloatSpan input, int columns, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope) : IEpilogue
{
    private readonly MatrixOperand _input = new(input, columns);
    private readonly ColumnOperand _mean = new(mean);
    private readonly ColumnOperand _scale = new(scale);
    private readonly ColumnOperand _offset = new(offset);
    private readonly ColumnOperand _slope = new(slope);

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
        _input.Check(row, rows, column, columns);
        _mean.Check(column, columns);
        _scale.Check(column, columns);
        _offset.Check(column, columns);
        _slope.Check(column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        TVector distance = _mean.Load<TVector>(column, count) - _input.Load<TVector>(row, column, count);
        TVector centred = values - _offset.Load<TVector>(column, count);
        return TVector.MultiplyAdd(distance, _slope.Load<TVector>(column, count), centred)
            * _scale.Load<TVector>(column, count);
    }
}

/// <summary>
/// g = g · scale - offset - (input[row, column] - mean) · slope, each of the row's sample and column: the gradient of
/// group normalisation's input.
/// </summary>
/// <param name="input">What was normalised: a row-major matrix as large as the gradient.</param>
/// <param name="columns">The number of its columns.</param>
/// <param name="mean">[batch, columns].</param>
/// <param name="scale">[batch, columns].</param>
/// <param name="offset">[batch, columns].</param>
/// <param name="slope">[batch, columns].</param>
/// <param name="rows">The number of rows of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeSamplesGradient(
    FloatSpan input, int columns, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope, int rows) : IEpilogue
{
    private readonly MatrixOperand _input = new(input, columns);
    private readonly MatrixOperand _mean = new(mean, columns);
    private readonly MatrixOperand _scale = new(scale, columns);
    private readonly MatrixOperand _offset = new(offset, columns);
    private readonly MatrixOperand _slope = new(slope, columns);

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
        _input.Check(row, count, column, blockColumns);
        _mean.CheckSamples(row, count, rows, column, blockColumns);
        _scale.CheckSamples(row, count, rows, column, blockColumns);
        _offset.CheckSamples(row, count, rows, column, blockColumns);
        _slope.CheckSamples(row, count, rows, column, blockColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count)
    {
        int sample = row / rows;
        TVector distance = _mean.Load<TVector>(sample, column, count) - _input.Load<TVector>(row, column, count);
        TVector scaled = values * _scale.Load<TVector>(sample, column, count);
        return TVector.MultiplyAdd(distance, _slope.Load<TVector>(sample, column, count), scaled)
            - _offset.Load<TVector>(sample, column, count);
    }
}
