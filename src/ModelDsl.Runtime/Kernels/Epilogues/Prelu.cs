namespace ModelDsl.CompilerServices;

/// <summary>x where x is positive, slope[column]·x elsewhere. He et al. (2015).</summary>
/// <param name="slopes">One value for each column, or one for all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Prelu(FloatSpan slopes) : IEpilogue
{
    private readonly FloatSpan _slopes = slopes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        if (_slopes.Length == 1)
        {
            ElementwiseRun.Apply(values, new PreluRun(default, _slopes[0]));
        }
        else
        {
            ElementwiseRun.Apply(values, new PreluRun(_slopes.Slice(column, values.Length), 0f));
        }
    }
}

/// <summary>x[i] where it is positive, slope·x[i] elsewhere.</summary>
/// <param name="slopes">As many floats as the run has, or none.</param>
/// <param name="slope">The slope where there is one for all.</param>
internal readonly unsafe struct PreluRun(FloatSpan slopes, float slope) : IElementwiseFunction
{
    private readonly float* _slopes = slopes.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = _slopes is null ? TVector.Broadcast(slope) : Operand.Load<TVector>(_slopes + index, count);
        return TVector.ConditionalSelect(TVector.GreaterThan(values, TVector.Zero), values, values * factor);
    }
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
    private readonly FloatSpan _input = input;
    private readonly FloatSpan _slopes = slopes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the input or the slopes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column)
    {
        FloatSpan input = _input.Slice((row * columns) + column, values.Length);
        if (_slopes.Length == 1)
        {
            ElementwiseRun.Apply(values, new PreluGradientRun(input, default, _slopes[0]));
        }
        else
        {
            ElementwiseRun.Apply(values, new PreluGradientRun(input, _slopes.Slice(column, values.Length), 0f));
        }
    }
}

/// <summary>g[i] where input[i] is positive, slope·g[i] elsewhere.</summary>
/// <param name="input">As many floats as the run has.</param>
/// <param name="slopes">As many floats as the run has, or none.</param>
/// <param name="slope">The slope where there is one for all.</param>
internal readonly unsafe struct PreluGradientRun(FloatSpan input, FloatSpan slopes, float slope) : IElementwiseFunction
{
    private readonly float* _input = input.Pointer;
    private readonly float* _slopes = slopes.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = _slopes is null ? TVector.Broadcast(slope) : Operand.Load<TVector>(_slopes + index, count);
        TVector input = Operand.Load<TVector>(_input + index, count);
        return VectorMath.UnlessNaN(
            input, TVector.ConditionalSelect(TVector.GreaterThan(input, TVector.Zero), values, values * factor));
    }
}
