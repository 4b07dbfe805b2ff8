using System.Security;
using ModelDsl.Tool.Explaining;

namespace ModelDsl.Tool.Reports;

/// <summary>
/// The arena by time as an SVG: one rectangle for each value, from the operation that writes it to the last that reads
/// it, as high as it takes memory. What fits is named in its rectangle; all are named by their tooltips.
/// </summary>
internal static class ArenaDrawing
{
    private const double Left = 80;
    private const double Top = 40;
    private const double Height = 560;
    private const double LeastWidth = 720;
    private const double WidthOfOperation = 36;
    private const double Below = 60;
    private const double WidthOfCharacter = 6.2;
    private const double LeastHeightOfName = 11;
    private const int Marks = 4;

    public static string Draw(ModelExplanation model)
    {
        ExplainedArena arena = model.Arena;

        // One column more for what is read after the program.
        int columns = model.Operations.Count + 1;
        double width = Math.Max(LeastWidth, columns * WidthOfOperation);
        double step = width / columns;
        double scale = Height / Math.Max(arena.Bytes, 1);
        var svg = new StringBuilder();
        string size = $"""width="{N(Left + width + 20)}" height="{N(Top + Height + Below)}" """;
        string title = $"{model.Model}, {Lower(model.Settings.Program)}, batch of {model.Settings.Batch}: "
            + $"arena of {Figures.Bytes(arena.Bytes)}";
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" {size}font-family="sans-serif" font-size="10">""");
        Line(svg, $"""<text x="{N(Left)}" y="20" font-size="14">{Text(title)}</text>""");
        Line(svg, $"""<rect x="{N(Left)}" y="{N(Top)}" width="{N(width)}" height="{N(Height)}" fill="#f4f4f4"/>""");
        foreach (ExplainedValue value in arena.Values)
        {
            double x = Left + (value.First * step);
            double y = Top + (value.Offset * scale);
            double w = (value.Last - value.First + 1) * step;
            double h = value.Bytes * scale;
            string reach = value.Last == model.Operations.Count ? "the end" : $"operation {value.Last}";
            string place = $"""x="{N(x)}" y="{N(y)}" width="{N(w)}" height="{N(h)}" fill="{Colour(value.Kind)}" """;
            string tooltip = $"{value.Name} [{value.Shape}], {Figures.Bytes(value.Bytes)}, "
                + $"operation {value.First} to {reach}";
            Line(svg, $"""<g class="value"><rect {place}stroke="#333" stroke-width="0.5"/>""");
            Line(svg, $"<title>{Text(tooltip)}</title>");
            if (h >= LeastHeightOfName && value.Name.Length * WidthOfCharacter <= w)
            {
                Line(svg, $"""<text x="{N(x + 3)}" y="{N(y + (h / 2) + 3.5)}">{Text(value.Name)}</text>""");
            }

            Line(svg, "</g>");
        }

        DrawAxes(svg, model, width, step);
        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static void DrawAxes(StringBuilder svg, ModelExplanation model, double width, double step)
    {
        for (int mark = 0; mark <= Marks; mark++)
        {
            double y = Top + (Height * mark / Marks);
            string bytes = Figures.Bytes(model.Arena.Bytes * mark / Marks);
            Line(svg, $"""<text x="{N(Left - 6)}" y="{N(y + 3.5)}" text-anchor="end">{bytes}</text>""");
        }

        foreach (ExplainedOperation operation in model.Operations)
        {
            double x = Left + ((operation.Number + 0.5) * step);
            string tooltip = Text($"{string.Join(" → ", operation.Layers)}: {operation.Text}");
            string place = $"""x="{N(x)}" y="{N(Top + Height + 14)}" """;
            Line(
                svg,
                $"""<text {place}text-anchor="middle">{operation.Number}<title>{tooltip}</title></text>""");
        }

        if (model.Operations.FirstOrDefault(operation => operation.Pass == ProgramPass.Loss) is { } loss)
        {
            double x = Left + (loss.Number * step);
            string ends = $"""x1="{N(x)}" y1="{N(Top)}" x2="{N(x)}" y2="{N(Top + Height)}" """;
            Line(svg, $"""<line {ends}stroke="#b00" stroke-dasharray="4 3"/>""");
            Line(svg, $"""<text x="{N(x + 3)}" y="{N(Top - 4)}" fill="#b00">loss</text>""");
        }

        double legend = Left;
        double below = Top + Height + 36;
        Line(svg, $"""<text x="{N(legend)}" y="{N(below)}">operations in order →</text>""");
        foreach (string kind in model.Arena.Values.Select(value => value.Kind).Distinct())
        {
            legend += 130;
            string place = $"""x="{N(legend)}" y="{N(below - 9)}" """;
            Line(svg, $"""<rect {place}width="10" height="10" fill="{Colour(kind)}"/>""");
            Line(svg, $"""<text x="{N(legend + 14)}" y="{N(below)}">{Text(kind)}</text>""");
        }
    }

    private static string Colour(string kind) => kind switch
    {
        "Activation" => "#9ecae1",
        "Gradient" => "#fdae6b",
        "Scratch" => "#c7e9c0",
        _ => "#dadaeb",
    };

    private static string Lower(ModelProgram program) => program.ToString().ToLowerInvariant();

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(string text) => SecurityElement.Escape(text);
}
