namespace ModelDsl;

/// <summary>Samples that are kept as floats.</summary>
internal sealed class FloatSamples(float[] values) : ISampleSource
{
    /// <inheritdoc />
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            values.AsSpan(indices[i] * sampleLength, sampleLength).CopyTo(destination[(i * sampleLength)..]);
        }
    }
}
