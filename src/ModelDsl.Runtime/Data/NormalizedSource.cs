namespace ModelDsl;

/// <summary>A source whose samples are normalised when they are gathered.</summary>
internal sealed class NormalizedSource(IDataSource source, Normalization normalization) : SourceView(source)
{
    public override void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        base.GatherSamples(indices, destination);
        normalization.Apply(destination);
    }
}
