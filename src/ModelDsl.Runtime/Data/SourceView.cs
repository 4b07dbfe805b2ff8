namespace ModelDsl;

/// <summary>A view of a source: it passes on all but what it changes.</summary>
internal abstract class SourceView(IDataSource source) : IDataSource, IDataView
{
    public IDataSource Source { get; } = source;

    public int Count => Source.Count;

    public Shape SampleShape => Source.SampleShape;

    public virtual int LabelsPerSample => Source.LabelsPerSample;

    public virtual int ClassCount => Source.ClassCount;

    public virtual int ValuesPerSample => Source.ValuesPerSample;

    public virtual ImmutableArray<string> ClassNames => Source.ClassNames;

    public virtual ImmutableArray<GroupColumn> Groups => Source.Groups;

    public virtual ImmutableArray<float> SampleWeights => Source.SampleWeights;

    public virtual void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination) =>
        Source.GatherSamples(indices, destination);

    public virtual void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination) =>
        Source.GatherLabels(indices, destination);

    public virtual void GatherValues(ReadOnlySpan<int> indices, Span<float> destination) =>
        Source.GatherValues(indices, destination);

    public virtual void StartEpoch(int epoch) => Source.StartEpoch(epoch);

    public void Prepare(ReadOnlySpan<int> indices) => Source.Prepare(indices);
}
