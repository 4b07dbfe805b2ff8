using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>Results of metrics as text, for people to read.</summary>
public static class MetricTable
{
    private static readonly CompositeFormat Number = CompositeFormat.Parse("{0:F4}");

    /// <summary>
    /// A table of all figures, and below it one of each set of parts: metrics of the same groups, or of the same
    /// classes, are columns of one table. A figure that is not defined is a dash.
    /// </summary>
    /// <param name="results">Such as those of <see cref="MetricSet.Results"/>.</param>
    public static string Of(IEnumerable<MetricResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        MetricResult[] all = [.. results];
        var text = new StringBuilder();
        Write(text, ["metric", "value"], [.. all.Select(result => (string[])[Title(result), Format(result.Value)])]);
        foreach (IGrouping<string, MetricResult> table in all
            .Where(result => !result.Parts.IsEmpty)
            .GroupBy(result => string.Join('\n', result.Parts.Select(part => Invariant($"{part.Name}\n{part.Count}")))))
        {
            text.Append('\n');
            MetricResult[] columns = [.. table];
            Write(
                text,
                ["", "count", .. columns.Select(Title)],
                [
                    .. columns[0].Parts.Select((part, row) => (string[])
                    [
                        part.Name,
                        part.Count.ToString(CultureInfo.InvariantCulture),
                        .. columns.Select(column => Format(column.Parts[row].Value)),
                    ]),
                ]);
        }

        return text.ToString();
    }

    private static string Title(MetricResult result) =>
        result.Head is null ? result.Name : $"{result.Head}: {result.Name}";

    private static string Format(double value) =>
        double.IsNaN(value) ? "-" : string.Format(CultureInfo.InvariantCulture, Number, value);

    /// <summary>Aligned columns, of which the first is text and the others are numbers.</summary>
    internal static string Format(string[] header, string[][] rows)
    {
        var text = new StringBuilder();
        Write(text, header, rows);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string[] header, string[][] rows)
    {
        int[] widths = [.. header.Select((title, column) => rows.Aggregate(
            title.Length, (width, row) => Math.Max(width, row[column].Length)))];
        foreach (string[] row in (string[][])[header, .. rows])
        {
            IEnumerable<string> cells = row.Select(
                (cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }
}
