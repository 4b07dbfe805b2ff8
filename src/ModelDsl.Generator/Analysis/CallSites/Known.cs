using System.Globalization;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// What is known of a value in the user's code: a kind, and facts of which each is known or not. Null stands for
/// nothing.
/// </summary>
/// <remarks>
/// Values of one kind form a lattice: <see cref="Join"/> keeps the facts that both have, so what it gives has fewer
/// facts than either, or the same. There are <see cref="MostFacts"/> of them at most, so nothing can lose facts for
/// ever.
/// </remarks>
/// <param name="Kind">What the value is.</param>
internal sealed record Known(KnownKind Kind)
{
    // The lowest and the highest two: one of each may be the label that a model ignores.
    private const int MostElements = 4;

    /// <summary>The most facts of one value: what follows, with each of the elements.</summary>
    public const int MostFacts = 9 + MostElements;

    /// <summary>The number itself (0 or 1 for a truth), or the number of values in memory.</summary>
    public int? Count { get; init; }

    /// <summary>The extents of a shape or of one sample; empty where they are not known.</summary>
    public EquatableArray<int> Dimensions { get; init; } = [];

    /// <summary>
    /// Some of the ints in memory, or of the labels: the lowest and the highest that are known, in order.
    /// </summary>
    public EquatableArray<int> Elements { get; init; } = [];

    /// <summary>
    /// The number of labels: of targets in all, of a data set for each sample. 0 where there are none.
    /// </summary>
    public int? Labels { get; init; }

    /// <summary>
    /// The number of target values: of targets in all, of a data set for each sample. 0 where there are none.
    /// </summary>
    public int? Values { get; init; }

    /// <summary>The number of classes of a data set, or what it is at least where it follows from the labels.</summary>
    public int? Classes { get; init; }

    /// <summary>The variable with the model whose memory this is.</summary>
    public ISymbol? Owner { get; init; }

    /// <summary>Whether memory came from a model, or from a place that is declared with a shape.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>Whether memory has been written again by the model that it came from.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether a model, or that of a trainer, is a copy that only predicts.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Where the value came from, for messages. Not part of what it is.</summary>
    public Origin? Origin { get; init; }

    public static Known Number(int value) => new(KnownKind.Number) { Count = value };

    public static Known Truth(bool value) => new(KnownKind.Truth) { Count = value ? 1 : 0 };

    public static Known Memory(int count, Origin? origin = null) => new(KnownKind.Memory) { Count = count, Origin = origin };

    public static Known Samples(EquatableArray<int> sample, int? count, Origin? origin = null) =>
        new(KnownKind.Memory) { Count = count, Dimensions = sample, IsDeclared = true, Origin = origin };

    public static Known Shape(EquatableArray<int> dimensions) => new(KnownKind.Shape) { Dimensions = dimensions };

    /// <summary>The number of values in one sample or shape.</summary>
    public long SampleSize => SizeOf(Dimensions);

    private bool HasFacts =>
        Count is not null || !Dimensions.IsEmpty || !Elements.IsEmpty || Labels is not null || Values is not null
        || Classes is not null || Owner is not null || IsDeclared || IsStale || IsCopy;

    /// <summary>The extents with a cross between them: <c>28x28</c>.</summary>
    public static string Text(EquatableArray<int> dimensions) =>
        string.Join("x", dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));

    public static long SizeOf(EquatableArray<int> dimensions)
    {
        long size = 1;
        foreach (int dimension in dimensions)
        {
            size = Math.Min(size * Math.Max(dimension, 0), int.MaxValue);
        }

        return size;
    }

    /// <summary>What is kept of the elements of memory.</summary>
    public static EquatableArray<int> Extremes(ISet<int> elements) =>
        elements.Count <= MostElements
            ? elements.OrderBy(element => element).ToEquatableArray()
            : elements.OrderBy(element => element).Take(MostElements / 2)
                .Concat(elements.OrderByDescending(element => element).Take(MostElements / 2).Reverse())
                .ToEquatableArray();

    /// <summary>What holds of a value that is one or the other.</summary>
    public static Known? Join(Known? one, Known? other)
    {
        if (one is null || other is null || one.Kind != other.Kind)
        {
            return null;
        }

        if (one.Equals(other))
        {
            return one;
        }

        var joined = new Known(one.Kind)
        {
            Count = one.Count == other.Count ? one.Count : null,
            Dimensions = one.Dimensions == other.Dimensions ? one.Dimensions : [],
            Elements = one.Elements.Intersect(other.Elements).ToEquatableArray(),
            Labels = one.Labels == other.Labels ? one.Labels : null,
            Values = one.Values == other.Values ? one.Values : null,
            Classes = one.Classes == other.Classes ? one.Classes : null,
            Owner = SymbolEqualityComparer.Default.Equals(one.Owner, other.Owner) ? one.Owner : null,
            IsDeclared = one.IsDeclared && other.IsDeclared,
            IsStale = one.IsStale && other.IsStale,
            IsCopy = one.IsCopy && other.IsCopy,
            Origin = one.Origin,
        };
        return joined.HasFacts ? joined : null;
    }

    public bool Equals(Known? other) =>
        other is not null && Kind == other.Kind && Count == other.Count && Dimensions == other.Dimensions
        && Elements == other.Elements && Labels == other.Labels && Values == other.Values && Classes == other.Classes
        && SymbolEqualityComparer.Default.Equals(Owner, other.Owner)
        && IsDeclared == other.IsDeclared && IsStale == other.IsStale && IsCopy == other.IsCopy;

    public override int GetHashCode() =>
        unchecked((((((int)Kind * 31) + Count.GetHashCode()) * 31) + Dimensions.GetHashCode()) * 31) + Elements.GetHashCode();
}

/// <summary>The kinds of values that are followed through the user's code.</summary>
internal enum KnownKind
{
    /// <summary>An int.</summary>
    Number,

    /// <summary>A bool.</summary>
    Truth,

    /// <summary>An array, a span or a memory.</summary>
    Memory,

    /// <summary>A <c>ModelDsl.Shape</c>.</summary>
    Shape,

    /// <summary>A <c>ModelDsl.Targets</c>.</summary>
    Targets,

    /// <summary>A <c>ModelDsl.Dataset</c>, or a pair of them that were one.</summary>
    Dataset,

    /// <summary>A model.</summary>
    Model,

    /// <summary>A <c>ModelDsl.Trainer</c>.</summary>
    Trainer,
}

/// <summary>Where a value came from.</summary>
/// <param name="Text">What to call it: <c>Encoder.Predict</c>.</param>
/// <param name="Location">The expression that made it.</param>
internal sealed record Origin(string Text, Location Location)
{
    /// <summary>The place of an operation, called by its text.</summary>
    public static Origin Of(IOperation operation) => new(operation.Syntax.ToString(), operation.Syntax.GetLocation());
}
