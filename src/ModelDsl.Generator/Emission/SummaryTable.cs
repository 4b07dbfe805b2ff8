namespace ModelDsl.Generator.Emission;

/// <summary>The documentation comment of a model: its layers with shapes and parameter counts, for the editor's hover.</summary>
internal static class SummaryTable
{
    public static void Write(CodeWriter code, LoweredModel model, bool withSummary)
    {
        int total = model.Layout.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => parameter.Value.Shape.Count);
        if (withSummary)
        {
            code.Line(
                $"/// <summary>A model of {model.Input} → {model.TrainingOutput.Shape} with {NumberText.Grouped(total)} parameters.</summary>");
        }

        List<string[]> rows = [["Layer", "Output", "Parameters"]];
        foreach (BoundLayer layer in model.Layers)
        {
            rows.Add([layer.Declaration.Text, layer.Output.ToString(), NumberText.Grouped(model.Layout.CountOf(layer.Index))]);
        }

        rows.Add(["Total", "", NumberText.Grouped(total)]);
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        code.Line("/// <remarks>");
        code.Line("/// <code>");
        foreach (string[] row in rows)
        {
            string line = $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}";
            code.Line($"/// {Escape(line)}");
        }

        code.Line("/// </code>");
        if (StepProgram.IsOfTokens(model.Layers)
            && model.TrainingOutput.Shape.IsSequence
            && StepProgram.Obstacle(model.Layers) is { } obstacle)
        {
            code.Line($"/// <para>It cannot continue a sequence token by token: {Escape(obstacle.Declaration.Quoted)} needs all steps at once.</para>");
        }

        code.Line("/// </remarks>");
    }

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
