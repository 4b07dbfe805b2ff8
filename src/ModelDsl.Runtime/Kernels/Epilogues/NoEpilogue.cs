namespace ModelDsl.Kernels;

/// <summary>Leaves the values as they are.</summary>
public readonly struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    public void Invoke(Span<float> values, int row, int column)
    {
    }
}
