using ModelDsl.Tool.Explaining;

namespace ModelDsl.Tool.Reports;

/// <summary>An explanation as Markdown.</summary>
internal static class MarkdownReport
{
    public static void Write(ModelExplanation model, TextWriter output)
    {
        output.WriteLine($"## {model.Model}");
        output.WriteLine();
        output.WriteLine(Figures.Summary(model));
        output.WriteLine();
        bool hasTimes = model.Seconds is not null;
        Row(output, ["#", "Layers", "From", "Operation", "FLOPs", "Bytes", .. hasTimes ? ["Time", "Limit"] : Nothing]);
        Row(output, ["---:", "---", "---", "---", "---:", "---:", .. hasTimes ? ["---:", "---"] : Nothing]);
        foreach (ExplainedOperation operation in model.Operations)
        {
            Row(
                output,
                [
                    operation.Number.ToString(CultureInfo.InvariantCulture),
                    TableReport.PassText(operation.Pass) + Escape(string.Join(" → ", operation.Layers)),
                    string.Join("<br>", operation.Sources.Select(Code)),
                    Escape(operation.Text),
                    Figures.Flops(operation.Flops, operation.IsEstimate),
                    Figures.Bytes(operation.Bytes),
                    .. hasTimes ? [Figures.Time(operation.Seconds), operation.Limit.ToString()!] : Nothing,
                ]);
        }

        output.WriteLine();
        if (model.Refusals.Count > 0)
        {
            output.WriteLine("Not fused:");
            output.WriteLine();
        }

        foreach (ExplainedRefusal refusal in model.Refusals)
        {
            output.WriteLine($"- {Escape(TableReport.RefusalText(refusal))}");
        }

        output.WriteLine(model.Refusals.Count == 0 ? TableReport.NothingRefused : "");
        output.WriteLine();
        output.WriteLine(Figures.Memory(model.Arena));
        output.WriteLine();
        if (model.Budget is { } budget)
        {
            output.WriteLine(budget);
            output.WriteLine();
        }
    }

    private static string[] Nothing => [];

    private static void Row(TextWriter output, IEnumerable<string> cells) =>
        output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Escape(string text) =>
        new StringBuilder(text)
            .Replace("\\", "\\\\").Replace("|", "\\|").Replace("*", "\\*").Replace("<", "&lt;").Replace("[", "\\[")
            .ToString();
}
