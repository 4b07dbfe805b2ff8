namespace Benchmarks.Bench.Rows;

/// <summary>What the machine's arithmetic units reach when nothing else limits them.</summary>
internal sealed class FmaRows : IRowGroup
{
    public string Name => "peak";

    public IEnumerable<Row> GetRows(int threads) =>
        from width in FmaPeak.Widths
        select new Row
        {
            Group = Name,
            Name = $"FMA in registers, {width} bits",
            Work = Limits.FmaWork(threads, width),
            Ours = () => Limits.Fma(threads, width),
        };
}
