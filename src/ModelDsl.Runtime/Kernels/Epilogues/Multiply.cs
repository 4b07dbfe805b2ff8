namespace ModelDsl.CompilerServices;

/// <summary>x *= other[row, column].</summary>
/// <param name="other">A row-major matrix as large as the result.</param>
/// <param name="columns">The number of its columns.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Multiply(FloatSpan other, int columns) : IEpilogue
{
    private readonly FloatSpan _other = other;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new MultiplyRun(_other.Slice((row * columns) + column, values.Length)));
}

/// <summary>x *= scale[column].</summary>
/// <param name="scale">One value for each column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaleColumns(FloatSpan scale) : IEpilogue
{
    private readonly FloatSpan _scale = scale;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the scale.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new MultiplyRun(_scale.Slice(column, values.Length)));
}

/// <summary>x[i] · factor[i].</summary>
/// <param name="factor">As many floats as the run has.</param>
internal readonly unsafe struct MultiplyRun(FloatSpan factor) : IElementwiseFunction
{
    private readonly float* _factor = factor.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        values * Operand.Load<TVector>(_factor + index, count);
}
