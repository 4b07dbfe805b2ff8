using System.Globalization;

namespace Benchmarks.ScaleBench.Families;

/// <summary>Models that differ in one dimension.</summary>
/// <param name="Name">What the command line and the files call it, a word.</param>
/// <param name="Dimension">What the size counts, as an axis says it.</param>
/// <param name="Text">What is measured, in a sentence.</param>
/// <param name="Sizes">The sizes, from small to large.</param>
internal sealed record Family(string Name, string Dimension, string Text, IReadOnlyList<int> Sizes)
{
    /// <summary>The number of samples of a batch, where the size is not the batch; null where it is.</summary>
    public int? Batch { get; init; }

    /// <summary>The classes of a size in C#, the model's last, which is named as the argument says.</summary>
    public required Func<int, string, string> Source { get; init; }

    /// <summary>What a batch's values are.</summary>
    public SampleValues Values { get; init; }

    /// <summary>Whether the tables show what compiling took: the code's length depends on the size.</summary>
    public bool ShowsCompilation { get; init; }

    /// <summary>The number of samples of a batch.</summary>
    public int BatchOf(int size) => Batch ?? size;

    /// <summary>The name of the model's class: <c>Width64</c>.</summary>
    public string ClassName(int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(Name[0])}{Name[1..]}{size}");
}
