namespace ModelDsl;

/// <summary>Where a data set keeps its samples.</summary>
internal interface ISampleSource
{
    /// <summary>Writes the samples at <paramref name="indices"/> one after the other.</summary>
    /// <param name="indices">Which samples, each within the source.</param>
    /// <param name="sampleLength">The floats of one sample.</param>
    /// <param name="destination">Exactly as many floats as the samples take.</param>
    void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination);
}
