namespace ModelDsl.CompilerServices;

/// <summary>x *= factors[sample], the same for all rows of a sample.</summary>
/// <param name="factors">One factor for each sample.</param>
/// <param name="rows">The number of rows of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ScaleSamples(FloatSpan factors, int rows) : IEpilogue
{
    private readonly FloatSpan _factors = factors;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond the factors.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        ElementwiseRun.Apply(values, new ScaleRun(_factors[row / rows]));
}

/// <summary>x[i] · factor.</summary>
internal readonly struct ScaleRun(float factor) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> => values * TVector.Broadcast(factor);
}
