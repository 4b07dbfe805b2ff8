using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// The documentation comment of a model: its layers with shapes and parameter counts, for the editor's hover. What a
/// block consists of stands below the layer that uses it first.
/// </summary>
internal static class SummaryTable
{
    private const string Indent = "  ";

    /// <param name="code">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="withSummary">Whether it has a summary; else the author's own stands.</param>
    /// <param name="memory">What came of the model's memory budget; null where it has none.</param>
    public static void Write(CodeWriter code, LoweredModel model, bool withSummary, RecomputationNote? memory = null)
    {
        int total = model.Layout.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => parameter.Value.Shape.Count);
        if (withSummary)
        {
            code.Line(
                $"/// <summary>A model of {model.Input} → {model.TrainingOutput.Shape} with {NumberText.Grouped(total)} parameters.</summary>");
        }

        List<string[]> rows = [["Layer", "Output", "Parameters"]];
        HashSet<string> shown = [];
        foreach (BoundLayer layer in model.Layers)
        {
            AddLayer(rows, layer, model.Layout, "", shown);
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

        if (memory is not null)
        {
            code.Line($"/// <para>{Escape(memory.Memory)}</para>");
            code.Line($"/// <para>{Escape(memory.Again)}</para>");
        }

        code.Line("/// </remarks>");
    }

    private static void AddLayer(
        List<string[]> rows,
        BoundLayer layer,
        ParameterLayout layout,
        string indent,
        HashSet<string> shown)
    {
        rows.Add([indent + layer.Declaration.Text, layer.Output.ToString(), NumberText.Grouped(layout.CountOf(layer))]);
        bool isOfOne = layer.Blocks.Select(block => block.FullName).Distinct().Count() == 1;
        foreach (BoundBlock block in layer.Blocks.Where(block => shown.Add(block.FullName)))
        {
            string inner = indent + Indent;
            if (!isOfOne)
            {
                rows.Add([inner + block.Name, block.Output.ToString(), NumberText.Grouped(layout.CountOf(block))]);
                inner += Indent;
            }

            foreach (BoundLayer part in block.Layers)
            {
                AddLayer(rows, part, layout, inner, shown);
            }
        }
    }

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
