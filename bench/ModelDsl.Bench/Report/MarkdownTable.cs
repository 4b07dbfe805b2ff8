using System.Text;

namespace Benchmarks.Bench.Report;

/// <summary>The results as tables for the README, one a group.</summary>
internal static class MarkdownTable
{
    /// <summary>One table with a heading and the machine for each group, in the order of the results.</summary>
    public static string Of(IEnumerable<RowResult> results)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, RowResult> group in results.GroupBy(result => result.Group))
        {
            bool hasOnnxRuntime = group.Any(result => result.OnnxRuntime is not null);
            string[] headings = Headings(hasOnnxRuntime);
            text.Append($"#### {group.Key}\n\n");
            foreach (string? machine in group.Select(result => result.Machine).Distinct())
            {
                text.Append($"{MachineLine.Of(machine)}\n\n");
            }

            text.Append($"| {string.Join(" | ", headings)} |\n");
            text.Append($"|---|{string.Concat(Enumerable.Repeat("--:|", headings.Length - 1))}\n");
            foreach (RowResult result in group)
            {
                text.Append($"| {string.Join(" | ", Cells(result, hasOnnxRuntime))} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The headings of a group's columns; the goal is for the first ratio.</summary>
    public static string[] Headings(bool hasOnnxRuntime) => hasOnnxRuntime
        ?
        [
            "work", "threads", "ModelDsl", "ONNX Runtime", "ratio", "goal", "libtorch", "ratio", "rate", "of the limit",
            "ONNX Runtime's", "libtorch's",
        ]
        : ["work", "threads", "ModelDsl", "libtorch", "ratio", "goal", "rate", "of the limit", "libtorch's"];

    /// <summary>The cells of one row; the console shows the same.</summary>
    public static string[] Cells(RowResult result, bool hasOnnxRuntime)
    {
        string goal = result.Goal is { } value ? $"{value:0.##}" : "-";
        string[] torch = [Formats.Time(result.Torch), Formats.Ratio(result.Ratio)];
        string[] rivals = hasOnnxRuntime
            ? [Formats.Time(result.OnnxRuntime), Formats.Ratio(result.OnnxRuntimeRatio), goal, .. torch]
            : [.. torch, goal];
        string torchShare = Formats.Percent(result.TorchRate / result.LimitRate);
        string[] shares = hasOnnxRuntime
            ? [Formats.Percent(result.OnnxRuntimeRate / result.LimitRate), torchShare]
            : [torchShare];
        return
        [
            result.Name,
            $"{result.Threads}",
            Formats.Time(result.Ours),
            .. rivals,
            Formats.Rate(result.OurRate, result.Work.Unit),
            Formats.Percent(result.OurRate / result.LimitRate),
            .. shares,
        ];
    }
}
