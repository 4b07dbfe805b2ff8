using Spectre.Console;

namespace Benchmarks.Bench.Report;

/// <summary>The results on the terminal.</summary>
internal static class ConsoleTable
{
    private const int RatioColumn = 4;

    /// <summary>Prints a table for each group.</summary>
    public static void Print(IEnumerable<RowResult> results)
    {
        foreach (IGrouping<string, RowResult> group in results.GroupBy(result => result.Group))
        {
            bool hasOnnxRuntime = group.Any(result => result.OnnxRuntime is not null);
            Table table = new()
            {
                Border = TableBorder.Simple,
                Title = new TableTitle($"[bold]{Markup.Escape(group.Key)}[/]"),
            };
            foreach (string heading in MarkdownTable.Headings(hasOnnxRuntime))
            {
                TableColumn column = new(heading);
                table.AddColumn(table.Columns.Count == 0 ? column : column.RightAligned().NoWrap());
            }

            foreach (RowResult result in group)
            {
                string[] cells = [.. MarkdownTable.Cells(result, hasOnnxRuntime).Select(Markup.Escape)];
                bool isBehind = (hasOnnxRuntime ? result.OnnxRuntimeRatio : result.Ratio) < result.Goal;
                cells[RatioColumn] = $"[{(isBehind ? "red" : "green")}]{cells[RatioColumn]}[/]";
                table.AddRow(cells);
            }

            AnsiConsole.Write(table);
        }
    }
}
