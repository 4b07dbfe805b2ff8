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
    private readonly FloatSpan _values = values;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the activities.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(
            values, new AddPenaltyGradientRun(_values.Slice((row * columns) + column, values.Length), l1 / batch, l2 / batch));
}

/// <summary>g[i] + l1·sign(x[i]) + 2·l2·x[i].</summary>
/// <param name="values">As many floats as the run has.</param>
/// <param name="l1">The factor of the absolute values.</param>
/// <param name="l2">The factor of the squares.</param>
internal readonly unsafe struct AddPenaltyGradientRun(FloatSpan values, float l1, float l2) : IElementwiseFunction
{
    private readonly float* _values = values.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        values + PenaltyKernel.Derivative(
            Operand.Load<TVector>(_values + index, count), TVector.Broadcast(l1), TVector.Broadcast(l2));
}
