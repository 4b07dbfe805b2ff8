namespace ModelDsl;

/// <summary>A source whose samples are normalised when they are gathered.</summary>
internal sealed class NormalizedSource(IDataSource source, Normalization normalization) : IDataSource, IDataView
{
    public IDataSource Source => source;

    public int Count => source.Count;

    public Shape SampleShape => source.SampleShape;

    public int LabelsPerSample => source.LabelsPerSample;

    public int ClassCount => source.ClassCount;

    public int ValuesPerSample => source.ValuesPerSample;

    public ImmutableArray<string> ClassNames => source.ClassNames;

    public ImmutableArray<GroupColumn> Groups => source.Groups;

    public ImmutableArray<float> SampleWeights => source.SampleWeights;

    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        source.GatherSamples(indices, destination);
        normalization.Apply(destination);
    }

    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination) => source.GatherLabels(indices, destination);

    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination) => source.GatherValues(indices, destination);

    public void StartEpoch(int epoch) => source.StartEpoch(epoch);

    public void Prepare(ReadOnlySpan<int> indices) => source.Prepare(indices);
}
