namespace ModelDsl;

/// <summary>
/// One metric for each group of samples, and for all; its figure is the largest difference between two groups.
/// </summary>
internal sealed class GroupState : MetricState
{
    /// <summary>The name of the part that is about all samples.</summary>
    public const string All = "(all)";

    private readonly GroupColumn _column;
    private readonly MetricState[] _groups;
    private readonly long[] _counts;
    private readonly MetricState _all;

    private GroupState(GroupColumn column, MetricState[] groups, MetricState all)
    {
        _column = column;
        _groups = groups;
        _counts = new long[groups.Length];
        _all = all;
    }

    /// <inheritdoc />
    public override double Value
    {
        get
        {
            (double lowest, double highest) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (MetricState group in _groups)
            {
                double value = group.Value;
                if (!double.IsNaN(value))
                {
                    lowest = Math.Min(lowest, value);
                    highest = Math.Max(highest, value);
                }
            }

            return lowest > highest ? double.NaN : highest - lowest;
        }
    }

    /// <inheritdoc />
    public override ImmutableArray<MetricPart> Parts =>
    [
        .. _groups.Select((group, number) => new MetricPart(_column.Names[number], group.Value, _counts[number])),
        new MetricPart(All, _all.Value, _counts.Sum()),
    ];

    /// <summary>A state for each group of a column of the data.</summary>
    /// <exception cref="ArgumentException">The data have no such column, or the metric does not fit.</exception>
    public static GroupState Start(Metric metric, string column, MetricContext context)
    {
        GroupColumn groups = context.Groups.FirstOrDefault(candidate => candidate.Name == column)
            ?? throw new ArgumentException(
                $"{context.Model}: the metric {context.Metric} needs data with the groups {column} (WithGroups), got "
                    + (context.Groups.IsEmpty ? "none" : string.Join(", ", context.Groups.Select(other => other.Name))));
        return new GroupState(
            groups,
            [
                .. groups.Names.Select((_, number) => metric.Start(new MetricContext(
                    metric.Name,
                    context.Model,
                    context.Layout,
                    Math.Min(context.SampleCount, groups.CountOf(number)),
                    context.Groups))),
            ],
            metric.Start(context));
    }

    /// <inheritdoc />
    public override void Reset()
    {
        Array.Clear(_counts);
        _all.Reset();
        foreach (MetricState group in _groups)
        {
            group.Reset();
        }
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(_counts);
        _all.Remember(memory);
        foreach (MetricState group in _groups)
        {
            group.Remember(memory);
        }
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        int group = _column.GroupOf(sample.Index);
        _counts[group]++;
        _groups[group].Add(sample);
        _all.Add(sample);
    }
}
