namespace ModelDsl;

/// <summary>What happens to rows in which a feature is missing. A missing target is always an error.</summary>
public enum MissingValues
{
    /// <summary>It is an error that names the row and the column.</summary>
    Refuse,

    /// <summary>The row is left out.</summary>
    SkipRow,

    /// <summary>
    /// A number is replaced by the mean of its column in the table that the schema was fitted on, 0 where it has none; a
    /// missing category belongs to no category.
    /// </summary>
    Replace,
}

/// <summary>Which columns of a table are features and which are targets. Names of columns are compared exactly.</summary>
public sealed record TableOptions
{
    /// <summary>The column of the class, as text; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The columns of target values, as numbers. Default: none.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>
    /// The columns that become features, in this order. Default: null, all that are neither targets nor ignored, in the
    /// order of the table.
    /// </summary>
    public ImmutableArray<string>? Features { get; init; }

    /// <summary>
    /// The features that are categories and not numbers. Each category becomes a feature that is 1 where it applies and
    /// 0 elsewhere. Default: none.
    /// </summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Columns that are not read. Default: none.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>What happens where a feature is missing. Default: an error.</summary>
    public MissingValues Missing { get; init; }
}
