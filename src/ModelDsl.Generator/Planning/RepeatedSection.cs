namespace ModelDsl.Generator.Planning;

/// <summary>
/// A part of a program that consists of the same operations several times, each time on other memory.
/// </summary>
/// <param name="Start">The first operation.</param>
/// <param name="Length">The operations of a copy.</param>
/// <param name="Copies">The copies in the order in which they run.</param>
internal sealed record RepeatedSection(int Start, int Length, IReadOnlyList<RepeatedCopy> Copies)
{
    /// <summary>The layer that repeats the block.</summary>
    public LayerPath Block => Copies[0].Path.Parent!;

    /// <summary>The operation after the last.</summary>
    public int End => Start + (Length * Copies.Count);
}

/// <summary>One copy of a repeated block.</summary>
/// <param name="Path">The copy.</param>
/// <param name="FromFirst">Which of its values are those of the first copy.</param>
internal sealed record RepeatedCopy(LayerPath Path, Correspondence FromFirst);
