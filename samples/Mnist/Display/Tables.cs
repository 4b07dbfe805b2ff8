using Spectre.Console;

namespace MnistSample.Display;

/// <summary>The look that all tables share.</summary>
internal static class Tables
{
    public static Table Create(params ReadOnlySpan<TableColumn> columns)
    {
        Table table = new Table().RoundedBorder().BorderColor(Color.Grey);
        foreach (TableColumn column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    public static TableColumn Text(string heading) => new TableColumn($"[bold]{heading}[/]").NoWrap();

    public static TableColumn Number(string heading) => Text(heading).RightAligned();
}
