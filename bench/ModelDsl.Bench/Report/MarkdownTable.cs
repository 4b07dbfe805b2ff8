using System.Text;

namespace ModelDsl.Bench.Report;

/// <summary>The results as tables for the README, one a group.</summary>
internal static class MarkdownTable
{
    /// <summary>One table with a heading for each group, in the order of the results.</summary>
    public static string Of(IEnumerable<RowResult> results)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, RowResult> group in results.GroupBy(result => result.Group))
        {
            text.Append($"#### {group.Key}\n\n");
            text.Append("| work | threads | ModelDsl | libtorch | ratio | goal | rate | of the limit | libtorch's |\n");
            text.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
            foreach (RowResult result in group)
            {
                text.Append($"| {string.Join(" | ", Cells(result))} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The cells of one row; the console shows the same.</summary>
    public static string[] Cells(RowResult result) =>
    [
        result.Name,
        $"{result.Threads}",
        Formats.Time(result.Ours),
        Formats.Time(result.Torch),
        Formats.Ratio(result.Ratio),
        result.Goal is { } goal ? $"{goal:0.##}" : "-",
        Formats.Rate(result.OurRate, result.Work.Unit),
        Formats.Percent(result.OurRate / result.LimitRate),
        Formats.Percent(result.TorchRate / result.LimitRate),
    ];
}
