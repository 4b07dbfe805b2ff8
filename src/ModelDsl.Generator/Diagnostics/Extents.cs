using System.Globalization;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The extents of a tensor as a message names them. What is not known is <see cref="Unknown"/>.</summary>
/// <param name="Sizes">The extents, outermost first.</param>
/// <param name="Separator">What stands between them.</param>
internal readonly record struct Extents(EquatableArray<long> Sizes, string Separator)
{
    public const long Unknown = long.MinValue;

    /// <summary>Extents that are shown as <c>28x28</c>.</summary>
    public Extents(params long[] sizes)
        : this(sizes.ToEquatableArray(), "x")
    {
    }

    /// <summary>The same as a list of arguments: <c>28, 28</c>.</summary>
    public Extents Listed => this with { Separator = ", " };

    /// <summary>What two have in common: a size in which they differ is unknown. Null for different ranks.</summary>
    public Extents? Common(Extents other) =>
        Sizes.Count == other.Sizes.Count
            ? this with { Sizes = Sizes.Zip(other.Sizes, Common).ToEquatableArray() }
            : null;

    private static long Common(long size, long other) => size == other ? size : Unknown;

    /// <summary>The extents, with <c>?</c> for each that is unknown.</summary>
    public override string ToString() =>
        string.Join(
            Separator, Sizes.Select(size => size == Unknown ? "?" : size.ToString(CultureInfo.InvariantCulture)));
}
