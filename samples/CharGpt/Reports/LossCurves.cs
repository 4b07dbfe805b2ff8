using CharGptSample.Training;
using MnistSample.Reports;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;
using Palette = MnistSample.Reports.Palette;

namespace CharGptSample.Reports;

/// <summary>Draws the loss over the steps, on the text that is learned and on the text that is held out.</summary>
internal static class LossCurves
{
    private const int Width = 720, Height = 420;

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Draw(IReadOnlyList<float> losses, IReadOnlyList<Measurement> measurements)
    {
        Typeface.UseInPlots();
        using var plot = new Plot();
        double[] steps = [.. Enumerable.Range(1, losses.Count).Select(step => (double)step)];
        Add(plot, "each batch", Palette.Faint, steps, [.. losses.Select(loss => (double)loss)], 1);
        double[] measured = [.. measurements.Select(measurement => (double)measurement.Step)];
        Add(plot, "training", Palette.Right, measured, [.. measurements.Select(measurement => measurement.Loss)], 2.5f);
        Add(plot, "validation", Palette.Wrong, measured, [.. measurements.Select(measurement => measurement.ValidationLoss)], 2.5f);
        plot.Font.Set(Typeface.Family);
        plot.XLabel("step", 13);
        plot.YLabel("loss (nats per character)", 13);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Color(Palette.ForPlot(Palette.Muted));
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Palette.ForPlot(Palette.Faint);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Alignment.UpperRight);
        return Picture.Png(Width, Height, canvas => plot.Render(canvas, new PixelRect(0, Width, Height, 0)));
    }

    private static void Add(Plot plot, string name, SKColor color, double[] steps, double[] losses, float width)
    {
        Scatter curve = plot.Add.ScatterLine(steps, losses, Palette.ForPlot(color));
        curve.LegendText = name;
        curve.LineWidth = width;
    }
}
