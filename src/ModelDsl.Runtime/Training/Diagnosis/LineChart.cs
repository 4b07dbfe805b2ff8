using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>
/// One line of a chart. Points that an axis has no place for, such as a 0 on a logarithmic one, are gaps.
/// </summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">The points, from left to right.</param>
internal sealed record ChartLine(string Name, ImmutableArray<(double X, double Y)> Points);

/// <summary>
/// Lines over a horizontal axis, as scalable vector graphics: text, so that the core needs no library to draw.
/// </summary>
/// <param name="Title">What stands above.</param>
/// <param name="Horizontal">What the horizontal axis counts.</param>
/// <param name="Lines">The lines, in the order of their colours, which run from dark to light.</param>
internal sealed record LineChart(string Title, string Horizontal, ImmutableArray<ChartLine> Lines)
{
    private const int Width = 900;
    private const int Height = 300;
    private const int Left = 70;
    private const int Right = 250;
    private const int Top = 30;
    private const int Bottom = 45;
    private const int LegendRow = 15;
    private const int MostInLegend = (Height - Top) / LegendRow;

    // Of the colour map viridis, which also the colour-blind and a printer without colours tell apart.
    private static readonly (int Red, int Green, int Blue)[] Colours =
        [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (200, 200, 40)];

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool IsHorizontalLogarithmic { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool IsVerticalLogarithmic { get; init; }

    /// <summary>A place on the horizontal axis to mark, or none.</summary>
    public double? Mark { get; init; }

    /// <summary>Charts below one another, as one picture.</summary>
    public static string ToSvg(params ReadOnlySpan<LineChart> charts)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height * charts.Length}\" ");
        svg.Append(
            "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < charts.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {i * Height})\">\n");
            charts[i].Write(svg);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void Write(StringBuilder svg)
    {
        (double X, double Y)[] points = [.. Lines.SelectMany(line => line.Points).Where(IsDrawn)];
        var across = ChartAxis.Of(points.Select(point => point.X), IsHorizontalLogarithmic);
        var up = ChartAxis.Of(points.Select(point => point.Y), IsVerticalLogarithmic);
        WriteText(svg, (Left + Width - Right) / 2, Top - 12, "middle", Title);
        WriteText(svg, (Left + Width - Right) / 2, Height - 8, "middle", Horizontal);
        foreach (double tick in across.Ticks)
        {
            WriteRule(svg, X(tick), Top, X(tick), Height - Bottom, "#ddd");
            WriteText(svg, X(tick), Height - Bottom + 16, "middle", Number(tick));
        }

        foreach (double tick in up.Ticks)
        {
            WriteRule(svg, Left, Y(tick), Width - Right, Y(tick), "#ddd");
            WriteText(svg, Left - 6, Y(tick) + 4, "end", Number(tick));
        }

        if (Mark is { } mark)
        {
            WriteRule(svg, X(mark), Top, X(mark), Height - Bottom, "#c00");
        }

        for (int i = 0; i < Lines.Length; i++)
        {
            WriteLine(svg, Lines[i].Points, ColourOf(i));
        }

        WriteLegend(svg);

        void WriteLine(StringBuilder svg, ImmutableArray<(double X, double Y)> line, string colour)
        {
            // A gap ends a run; a run of one point has no length and is drawn as a dot by its round ends.
            for (int start = 0, end = 0; start < line.Length; start = ++end)
            {
                while (end < line.Length && IsDrawn(line[end]))
                {
                    end++;
                }

                if (end > start)
                {
                    WriteRun(svg, line.AsSpan(start, end - start), colour);
                }
            }
        }

        void WriteRun(StringBuilder svg, ReadOnlySpan<(double X, double Y)> run, string colour)
        {
            svg.Append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke-linecap=\"round\" ")
                .Append(CultureInfo.InvariantCulture, $"stroke=\"{colour}\" points=\"");
            foreach ((double x, double y) in run.Length > 1 ? run : [run[0], run[0]])
            {
                svg.Append(CultureInfo.InvariantCulture, $"{X(x):0.##},{Y(y):0.##} ");
            }

            svg.Append("\"/>\n");
        }

        double X(double value) => Left + (across.PlaceOf(value) * (Width - Right - Left));
        double Y(double value) => Height - Bottom - (up.PlaceOf(value) * (Height - Bottom - Top));
    }

    private void WriteLegend(StringBuilder svg)
    {
        // Of many lines every so many: their colours run in the same order.
        int step = (Lines.Length + MostInLegend - 1) / MostInLegend;
        for (int i = 0, row = 0; i < Lines.Length; i += step, row++)
        {
            int y = Top + (row * LegendRow);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Width - Right + 12}\" y=\"{y}\" width=\"14\" height=\"8\" fill=\"{ColourOf(i)}\"/>\n");
            WriteText(svg, Width - Right + 32, y + 9, "start", Lines[i].Name);
        }
    }

    private bool IsDrawn((double X, double Y) point) =>
        double.IsFinite(point.X) && double.IsFinite(point.Y)
        && (!IsHorizontalLogarithmic || point.X > 0) && (!IsVerticalLogarithmic || point.Y > 0);

    private string ColourOf(int line)
    {
        double place = Lines.Length == 1 ? 0 : (double)line / (Lines.Length - 1) * (Colours.Length - 1);
        int before = Math.Min((int)place, Colours.Length - 2);
        double part = place - before;
        ((int Red, int Green, int Blue) from, (int Red, int Green, int Blue) to) =
            (Colours[before], Colours[before + 1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"#{Mix(from.Red, to.Red):x2}{Mix(from.Green, to.Green):x2}{Mix(from.Blue, to.Blue):x2}");

        int Mix(int one, int other) => (int)Math.Round(one + (part * (other - one)));
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static void WriteRule(StringBuilder svg, double x1, double y1, double x2, double y2, string colour) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" stroke=\"{colour}\"/>\n");

    private static void WriteText(StringBuilder svg, double x, double y, string anchor, string text)
    {
        string shown = PrintableText.Name(text)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{shown}</text>\n");
    }
}

/// <summary>The range of an axis and the places of its ticks.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 6;

    // Below it doubles lose digits.
    private const double Smallest = 1e-300;

    private readonly bool _isLogarithmic;

    // Of the values, or of their decimal logarithms.
    private readonly double _start;
    private readonly double _end;

    private ChartAxis(double start, double end, bool isLogarithmic)
    {
        // Values that are as good as one stand in the middle.
        double largest = Math.Max(Math.Abs(start), Math.Abs(end));
        double margin =
            (end / 2) - (start / 2) > Math.Max(Smallest, largest * 1e-9) ? 0 : largest > Smallest ? largest / 2 : 1;
        (_start, _end) = (Math.Max(start - margin, double.MinValue), Math.Min(end + margin, double.MaxValue));
        _isLogarithmic = isLogarithmic;
        Ticks = [.. MakeTicks(_start, _end, isLogarithmic)];
    }

    /// <summary>The values to mark.</summary>
    public ImmutableArray<double> Ticks { get; }

    /// <summary>An axis that has a place for each of some values.</summary>
    public static ChartAxis Of(IEnumerable<double> values, bool isLogarithmic)
    {
        double[] all = [.. values.Select(value => isLogarithmic ? Math.Log10(value) : value)];
        return all.Length == 0 ? new ChartAxis(0, 1, isLogarithmic) : new ChartAxis(
            all.Min(), all.Max(), isLogarithmic);
    }

    /// <summary>Where a value is, from 0 at the axis' start to 1 at its end.</summary>
    public double PlaceOf(double value) => HalfWay(_isLogarithmic ? Math.Log10(value) : value) / HalfWay(_end);

    // Half the way from the start: the whole of the longest is beyond what a double holds.
    private double HalfWay(double value) => (value / 2) - (_start / 2);

    // At most six, at multiples of 1, 2 or 5 times a power of ten; of a logarithmic axis at powers of ten where there
    // are two.
    private static IEnumerable<double> MakeTicks(double start, double end, bool isLogarithmic)
    {
        double least = (end / MostTicks) - (start / MostTicks);
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double step = power * ((double[])[1, 2, 5, 10]).First(factor => least <= factor * power * (1 + 1e-9));
        step = isLogarithmic && end - start >= 2 ? Math.Ceiling(step) : step;
        double first = Math.Ceiling(start / step);
        for (int i = 0; i <= MostTicks && (first + i) * step <= end + (step * 1e-9); i++)
        {
            double tick = (first + i) * step;
            yield return isLogarithmic ? Math.Pow(10, tick) : tick;
        }
    }
}
