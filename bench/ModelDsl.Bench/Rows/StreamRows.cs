namespace Benchmarks.Bench.Rows;

/// <summary>What the memory reaches for each pattern of streams.</summary>
internal sealed class StreamRows : IRowGroup
{
    /// <summary>Floats in each array: far beyond a last-level cache that is shared with others.</summary>
    public const int Length = 1 << 26;

    public string Name => "stream";

    public IEnumerable<Row> GetRows(int threads)
    {
        yield return Of(threads, "x ← c·x", 1, 1, arrays =>
            (start, length) => StreamLoop.Scale(arrays[0].Span.Slice(start, length)));
        yield return Of(threads, "y ← x", 1, 1, arrays =>
            (start, length) => StreamLoop.Copy(arrays[0].Span.Slice(start, length), arrays[1].Span.Slice(start, length)));
        yield return Of(threads, "w ← w + g", 2, 1, arrays =>
            (start, length) => StreamLoop.Add(arrays[0].Span.Slice(start, length), arrays[1].Span.Slice(start, length)));
        yield return Of(threads, "w, m, v ← w + g, m + g, v + g", 4, 3, arrays => (start, length) => StreamLoop.Update(
            arrays[0].Span.Slice(start, length),
            arrays[1].Span.Slice(start, length),
            arrays[2].Span.Slice(start, length),
            arrays[3].Span.Slice(start, length)));
    }

    private Row Of(int threads, string name, int read, int written, Func<AlignedMemory[], Action<int, int>> loop) => new()
    {
        Group = Name,
        Name = name,
        Work = Work.Floats((double)read * Length, (double)written * Length),
        Ours = () =>
        {
            AlignedMemory[] arrays = [.. Enumerable.Range(0, 4).Select(_ => new AlignedMemory(Length))];
            return Limits.Stream(threads, Length, loop(arrays));
        },
    };
}
