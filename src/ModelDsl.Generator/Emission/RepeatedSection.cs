namespace ModelDsl.Generator.Emission;

/// <summary>A part of a program that consists of the same operations several times, each time on other memory.</summary>
/// <param name="Block">The repeated block by its path as an identifier: <c>repeat1</c>.</param>
/// <param name="Start">The first operation.</param>
/// <param name="Length">The operations of a copy.</param>
/// <param name="Copies">The numbers of the copies in the order in which they run.</param>
internal sealed record RepeatedSection(string Block, int Start, int Length, IReadOnlyList<int> Copies)
{
    /// <summary>The operation after the last.</summary>
    public int End => Start + (Length * Copies.Count);
}
