namespace ModelDsl;

/// <summary>Windows of one text: sample i starts i · stride tokens behind the first.</summary>
internal sealed class TokenWindows(int[] tokens, int stride) : ISampleSource
{
    /// <inheritdoc />
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<int> window = tokens.AsSpan(indices[i] * stride, sampleLength);
            Span<float> sample = destination.Slice(i * sampleLength, sampleLength);
            for (int step = 0; step < sampleLength; step++)
            {
                sample[step] = window[step];
            }
        }
    }
}
