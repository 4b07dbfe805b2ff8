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
    private readonly FloatSpan _mean = mean;
    private readonly FloatSpan _scale = scale;
    private readonly FloatSpan _bias = bias;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        int place = (row / rows * columns) + column;
        ElementwiseRun.Apply(values, new NormalizeRun(
            _mean.Slice(place, values.Length), _scale.Slice(place, values.Length), _bias.Slice(column, values.Length)));
    }
}

/// <summary>(x[i] - mean[i]) · scale[i] + bias[i].</summary>
internal readonly unsafe struct NormalizeRun(FloatSpan mean, FloatSpan scale, FloatSpan bias) : IElementwiseFunction
{
    private readonly float* _mean = mean.Pointer;
    private readonly float* _scale = scale.Pointer;
    private readonly float* _bias = bias.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MultiplyAdd(
            values - Operand.Load<TVector>(_mean + index, count),
            Operand.Load<TVector>(_scale + index, count),
            Operand.Load<TVector>(_bias + index, count));
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
    private readonly NormalizationTerms _terms = new(input, mean, scale, offset, slope);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        int place = (row / rows * columns) + column;
        ElementwiseRun.Apply(
            values, new NormalizeSamplesGradientRun(_terms.Slice((row * columns) + column, place, values.Length)));
    }
}

/// <summary>g[i] · scale[i] - offset[i] - (input[i] - mean[i]) · slope[i].</summary>
internal readonly struct NormalizeSamplesGradientRun(NormalizationRun terms) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scaled = values * terms.Scale<TVector>(index, count);
        return terms.WithoutSlope(scaled, index, count) - terms.Offset<TVector>(index, count);
    }
}

/// <summary>What the gradient of a normalisation's input is made of.</summary>
internal readonly struct NormalizationTerms(
    FloatSpan input, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope)
{
    /// <summary>Neighbouring columns of a row.</summary>
    /// <param name="first">Where they begin in the input.</param>
    /// <param name="place">Where they begin in the others.</param>
    /// <param name="length">Their number.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NormalizationRun Slice(int first, int place, int length) => new(
        input.Slice(first, length), mean.Slice(place, length), scale.Slice(place, length), offset.Slice(place, length),
        slope.Slice(place, length));
}

/// <summary>What the gradients of neighbouring columns of a row are made of.</summary>
internal readonly unsafe struct NormalizationRun(
    FloatSpan input, FloatSpan mean, FloatSpan scale, FloatSpan offset, FloatSpan slope)
{
    private readonly float* _input = input.Pointer;
    private readonly float* _mean = mean.Pointer;
    private readonly float* _scale = scale.Pointer;
    private readonly float* _offset = offset.Pointer;
    private readonly float* _slope = slope.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Scale<TVector>(int index, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(_scale + index, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Offset<TVector>(int index, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(_offset + index, count);

    /// <summary>values - (input - mean) · slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector WithoutSlope<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector distance = Operand.Load<TVector>(_mean + index, count) - Operand.Load<TVector>(_input + index, count);
        return TVector.MultiplyAdd(distance, Operand.Load<TVector>(_slope + index, count), values);
    }
}
