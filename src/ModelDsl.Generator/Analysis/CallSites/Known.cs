using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What is known of a value in the user's code. Null stands for nothing.</summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Count">The number itself, or the number of values in memory; null where only the samples are known.</param>
/// <param name="Dimensions">The extents of a shape or of one sample; empty where memory has no samples.</param>
internal sealed record Known(KnownKind Kind, int? Count, EquatableArray<int> Dimensions)
{
    /// <summary>Where the value came from, for messages. Not part of what it is.</summary>
    public Origin? Origin { get; init; }

    public static Known Number(int value) => new(KnownKind.Number, value, []);

    public static Known Memory(int count, Origin? origin = null) => new(KnownKind.Memory, count, []) { Origin = origin };

    public static Known Samples(EquatableArray<int> sample, int? count, Origin? origin = null) =>
        new(KnownKind.Memory, count, sample) { Origin = origin };

    public static Known Shape(EquatableArray<int> dimensions) => new(KnownKind.Shape, null, dimensions);

    public static Known Dataset(EquatableArray<int> sample, Origin? origin = null) =>
        new(KnownKind.Dataset, null, sample) { Origin = origin };

    /// <summary>The number of values in one sample or shape.</summary>
    public long SampleSize => SizeOf(Dimensions);

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

    /// <summary>What holds of a value that is one or the other.</summary>
    public static Known? Join(Known? one, Known? other)
    {
        if (one is null || other is null)
        {
            return null;
        }

        if (one.Equals(other))
        {
            return one;
        }

        return one.Kind == KnownKind.Memory && other.Kind == KnownKind.Memory
            && !one.Dimensions.IsEmpty && one.Dimensions == other.Dimensions
                ? one with { Count = null }
                : null;
    }

    public bool Equals(Known? other) =>
        other is not null && Kind == other.Kind && Count == other.Count && Dimensions == other.Dimensions;

    public override int GetHashCode() => unchecked((((int)Kind * 31) + Count.GetHashCode()) * 31) + Dimensions.GetHashCode();
}
