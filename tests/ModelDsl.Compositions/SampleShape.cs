using System.Collections.Immutable;
using System.Globalization;

namespace ModelDsl.Compositions;

/// <summary>What flows from one layer to the next, for one sample.</summary>
/// <param name="Dimensions">The extents, outermost first.</param>
/// <param name="IsSequence">Whether the first extent counts steps.</param>
/// <param name="IsTokens">Whether the elements are tokens.</param>
public sealed record SampleShape(ImmutableArray<int> Dimensions, bool IsSequence = false, bool IsTokens = false)
{
    /// <summary>A shape that is neither a sequence nor tokens.</summary>
    public static SampleShape Of(params int[] dimensions) => new([.. dimensions]);

    /// <summary>A sequence of vectors.</summary>
    public static SampleShape Sequence(int steps, int features) => new([steps, features], IsSequence: true);

    /// <summary>The number of elements.</summary>
    public int Count => Dimensions.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The innermost extent.</summary>
    public int Columns => Dimensions[^1];

    /// <summary>Whether it is a vector for each sample, or for each step of a sequence.</summary>
    public bool IsVector => !IsTokens && Dimensions.Length == (IsSequence ? 2 : 1);

    /// <summary>Whether it is height x width x channels.</summary>
    public bool IsImage => !IsTokens && !IsSequence && Dimensions.Length == 3;

    /// <summary>Whether it is a sequence of vectors.</summary>
    public bool IsVectorSequence => IsSequence && IsVector;

    /// <summary>The same with another innermost extent.</summary>
    public SampleShape WithColumns(int columns) =>
        this with { Dimensions = Dimensions.SetItem(Dimensions.Length - 1, columns) };

    /// <inheritdoc />
    public bool Equals(SampleShape? other) =>
        other is not null
            && IsSequence == other.IsSequence
            && IsTokens == other.IsTokens
            && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Count, Dimensions.Length, IsSequence, IsTokens);

    /// <inheritdoc />
    public override string ToString() =>
        string.Join("x", Dimensions.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
}
