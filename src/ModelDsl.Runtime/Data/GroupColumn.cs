namespace ModelDsl;

/// <summary>A column that divides the samples of a source into groups, such as by age or region.</summary>
public sealed class GroupColumn
{
    private readonly int[] _groups;

    /// <summary>A column of a name, with the name of each sample's group.</summary>
    /// <exception cref="ArgumentException">A name is missing.</exception>
    public GroupColumn(string name, params IReadOnlyList<string> groups)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(groups);
        for (int i = 0; i < groups.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(groups[i]))
            {
                throw new ArgumentException(
                    $"expected a group of {name} for each sample, got none for sample {i}", nameof(groups));
            }
        }

        Name = name;
        Names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> numbers = Names.Select((group, number) => (group, number)).ToDictionary();
        _groups = [.. groups.Select(group => numbers[group])];
    }

    private GroupColumn(string name, ImmutableArray<string> names, int[] groups) =>
        (Name, Names, _groups) = (name, names, groups);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The names of the groups, in ordinal order. The column of a subset has those of the whole.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The number of samples.</summary>
    public int Count => _groups.Length;

    /// <summary>The group of a sample: its place in <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int GroupOf(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, _groups.Length);
        return _groups[sample];
    }

    /// <summary>The column of the samples at <paramref name="indices"/>, for a view that has only them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public GroupColumn Subset(ReadOnlySpan<int> indices)
    {
        int[] groups = new int[indices.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = GroupOf(indices[i]);
        }

        return new GroupColumn(Name, Names, groups);
    }

    /// <summary>The number of samples of a group.</summary>
    internal int CountOf(int group) => _groups.AsSpan().Count(group);
}

/// <summary>Divides the samples of sources into groups.</summary>
public static class DataGroups
{
    /// <summary>
    /// The same samples, with a column that divides them into groups, for <see cref="Metric.ByGroup"/>. Subsets and
    /// splits keep each sample's group.
    /// </summary>
    /// <param name="source">The samples.</param>
    /// <param name="column">The column's name, such as <c>region</c>.</param>
    /// <param name="groups">The name of each sample's group.</param>
    /// <exception cref="ArgumentException">
    /// There is not one group for each sample, a name is missing, or the source has a column of this name.
    /// </exception>
    public static IDataSource WithGroups(this IDataSource source, string column, params IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(source);
        var added = new GroupColumn(column, groups);
        if (added.Count != source.Count)
        {
            throw new ArgumentException(
                $"expected {source.Count} groups of {column}, one for each sample, got {added.Count}", nameof(groups));
        }

        return source.Groups.Any(other => other.Name == column)
            ? throw new ArgumentException($"expected each column of groups once, got {column} twice", nameof(column))
            : new GroupedData(source, source.Groups.Add(added));
    }

    private sealed class GroupedData(IDataSource source, ImmutableArray<GroupColumn> groups) : SourceView(source)
    {
        public override ImmutableArray<GroupColumn> Groups { get; } = groups;
    }
}
