using System.Globalization;
using System.Text;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Results;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Benchmarks.ScaleBench.Report;

/// <summary>
/// The curves of a family on logarithmic axes, of its smallest number of threads. The same results give the same files.
/// </summary>
internal static class ScalePlots
{
    private const int Width = 480;
    private const int Height = 360;

    /// <summary>An axis shows every second power of two, where it has many.</summary>
    private const int ManySizes = 11;

    private static readonly OxyColor Ours = OxyColor.FromRgb(0x1f, 0x5f, 0xbf);
    private static readonly OxyColor Torch = OxyColor.FromRgb(0xd9, 0x6b, 0x1e);

    /// <summary>Writes a plot of the times and one of the memory, into plots below a folder.</summary>
    /// <returns>What shows them in a Markdown file of that folder.</returns>
    public static string[] Write(Family family, IReadOnlyList<ScalePoint> points, string folder)
    {
        ScalePoint[] curve = [.. points.Where(point => point.Threads == points[0].Threads)];
        string threads = curve[0].Threads == 1 ? "one thread" : $"{curve[0].Threads} threads";
        PlotModel times = Create(family, curve, $"Time, {threads}", 10, Seconds);
        Add(times, curve, "step", LineStyle.Solid, side => side.Step.Median);
        Add(times, curve, "prediction", LineStyle.Dash, side => side.Prediction.Median);
        PlotModel memory = Create(family, curve, "Peak memory of training", 2, Bytes);
        Add(memory, curve, null, LineStyle.Solid, side => side.Memory.Peak);
        return
        [
            Save(times, folder, $"scale-{family.Name}-time.svg", $"Time over {family.Dimension}"),
            Save(memory, folder, $"scale-{family.Name}-memory.svg", $"Peak memory over {family.Dimension}"),
        ];
    }

    private static PlotModel Create(
        Family family, ScalePoint[] curve, string title, double unit, Func<double, string> format)
    {
        PlotModel plot = new()
        {
            Title = title,
            TitleFontSize = 14,
            Background = OxyColors.White,
            Culture = CultureInfo.InvariantCulture,
        };
        plot.Axes.Add(Axis(
            AxisPosition.Bottom,
            curve.Length > ManySizes ? 4 : 2,
            family.Dimension,
            size => size.ToString("0.##", CultureInfo.InvariantCulture)));
        plot.Axes.Add(Axis(AxisPosition.Left, unit, null, format));
        plot.Legends.Add(new Legend { LegendPosition = LegendPosition.TopLeft });
        return plot;
    }

    private static LogarithmicAxis Axis(
        AxisPosition position, double unit, string? title, Func<double, string> format) => new()
    {
        Position = position,
        Base = unit,
        Title = title,
        LabelFormatter = format,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColors.LightGray,
        MinorTickSize = 0,
    };

    private static void Add(
        PlotModel plot, ScalePoint[] curve, string? work, LineStyle style, Func<SideResult, double> value)
    {
        foreach ((string name, OxyColor color, MarkerType marker, Func<ScalePoint, SideResult> side) in
            ((string, OxyColor, MarkerType, Func<ScalePoint, SideResult>)[])
            [
                ("ModelDsl", Ours, MarkerType.Circle, point => point.Ours),
                ("libtorch", Torch, MarkerType.Square, point => point.Torch),
            ])
        {
            LineSeries line = new()
            {
                Title = work is null ? name : $"{name}, {work}",
                Color = color,
                LineStyle = style,
                MarkerType = marker,
                MarkerSize = 3,
            };
            line.Points.AddRange(curve.Select(point => new DataPoint(point.Size, value(side(point)))));
            plot.Series.Add(line);
        }
    }

    private static string Save(PlotModel plot, string folder, string file, string description)
    {
        Directory.CreateDirectory(Path.Combine(folder, "plots"));
        using MemoryStream image = new();
        new SvgExporter { Width = Width, Height = Height }.Export(plot, image);
        string text = Encoding.UTF8.GetString(image.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd();
        File.WriteAllText(Path.Combine(folder, "plots", file), text + "\n");
        return $"![{description}](plots/{file})";
    }

    // The places of an axis's labels are powers, so no label needs a decimal place.
    private static string Seconds(double seconds) => seconds switch
    {
        < 0.99e-6 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:0} ns"),
        < 0.99e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0} µs"),
        < 0.99 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
    };

    private static string Bytes(double bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 20):0} MiB");
}
