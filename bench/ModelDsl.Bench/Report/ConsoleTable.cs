using Spectre.Console;

namespace ModelDsl.Bench.Report;

/// <summary>The results on the terminal.</summary>
internal static class ConsoleTable
{
    /// <summary>Prints one table, with a line between groups.</summary>
    public static void Print(IEnumerable<RowResult> results)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("work");
        foreach (string heading in
            (string[])["threads", "ModelDsl", "libtorch", "ratio", "goal", "rate", "of limit", "libtorch's"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (IGrouping<string, RowResult> group in results.GroupBy(result => result.Group))
        {
            table.AddRow($"[bold]{Markup.Escape(group.Key)}[/]");
            foreach (RowResult result in group)
            {
                string[] cells = [.. MarkdownTable.Cells(result).Select(Markup.Escape)];
                cells[4] = result.Ratio < result.Goal ? $"[red]{cells[4]}[/]" : $"[green]{cells[4]}[/]";
                table.AddRow(cells);
            }
        }

        AnsiConsole.Write(table);
    }
}
