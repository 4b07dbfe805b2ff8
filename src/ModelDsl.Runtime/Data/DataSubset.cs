using System.Buffers;

namespace ModelDsl;

/// <summary>
/// Some samples of a source, in an order of their own. A view: it holds indices and no samples. Made by
/// <see cref="DataSplits"/>.
/// </summary>
public sealed class DataSubset : IDataSource, IDataView
{
    private readonly IDataSource _source;
    private readonly int[] _selection;

    /// <summary>The samples at <paramref name="selection"/>, each within the source; keeps the array.</summary>
    internal DataSubset(IDataSource source, int[] selection)
    {
        _source = source;
        _selection = selection;
    }

    /// <inheritdoc />
    public int Count => _selection.Length;

    /// <inheritdoc />
    public Shape SampleShape => _source.SampleShape;

    /// <inheritdoc />
    public int LabelsPerSample => _source.LabelsPerSample;

    /// <inheritdoc />
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc />
    public int ValuesPerSample => _source.ValuesPerSample;

    /// <inheritdoc />
    public ImmutableArray<string> ClassNames => _source.ClassNames;

    /// <inheritdoc />
    public ImmutableArray<GroupColumn> Groups => [.. _source.Groups.Select(column => column.Subset(_selection))];

    /// <inheritdoc />
    public ImmutableArray<float> SampleWeights =>
        _source.SampleWeights is { IsDefaultOrEmpty: false } weights
            ? [.. _selection.Select(index => weights[index])]
            : [];

    IDataSource IDataView.Source => _source;

    /// <summary>The samples of this subset at <paramref name="indices"/>, as a subset of the same source.</summary>
    /// <exception cref="ArgumentException">An index is not within this subset.</exception>
    internal DataSubset Select(ReadOnlySpan<int> indices)
    {
        ModelDsl.Indices.Check(indices, Count);
        int[] selection = new int[indices.Length];
        Resolve(indices, selection);
        return new DataSubset(_source, selection);
    }

    /// <inheritdoc />
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        using var resolved = new Resolved(this, indices);
        _source.GatherSamples(resolved.Indices, destination);
    }

    /// <inheritdoc />
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        using var resolved = new Resolved(this, indices);
        _source.GatherLabels(resolved.Indices, destination);
    }

    /// <inheritdoc />
    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        using var resolved = new Resolved(this, indices);
        _source.GatherValues(resolved.Indices, destination);
    }

    /// <inheritdoc />
    public void StartEpoch(int epoch) => _source.StartEpoch(epoch);

    /// <inheritdoc />
    public void Prepare(ReadOnlySpan<int> indices)
    {
        using var resolved = new Resolved(this, indices);
        _source.Prepare(resolved.Indices);
    }

    private void Resolve(ReadOnlySpan<int> indices, Span<int> resolved)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            resolved[i] = _selection[indices[i]];
        }
    }

    /// <summary>
    /// Indices of this subset as indices of its source. In memory of the pool, so that several threads can use a subset
    /// of a source that several threads can use.
    /// </summary>
    private readonly ref struct Resolved
    {
        private readonly int[] _rented;

        public Resolved(DataSubset subset, ReadOnlySpan<int> indices)
        {
            ModelDsl.Indices.Check(indices, subset.Count);
            _rented = ArrayPool<int>.Shared.Rent(indices.Length);
            Span<int> resolved = _rented.AsSpan(0, indices.Length);
            subset.Resolve(indices, resolved);
            Indices = resolved;
        }

        public ReadOnlySpan<int> Indices { get; }

        public void Dispose() => ArrayPool<int>.Shared.Return(_rented);
    }
}
