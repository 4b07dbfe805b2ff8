using MnistSample.Reports;
using ModelDsl;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;
using Palette = MnistSample.Reports.Palette;

namespace CharGptSample.Reports;

/// <summary>Draws the loss over the steps, on the text that is learned and on the text that is held out.</summary>
internal static class LossCurves
{
    private const int Width = 720, Height = 420;
    private const int MostPoints = 10_000;

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Draw(IReadOnlyList<float> losses, IReadOnlyList<EpochResult> measurements)
    {
        Typeface.UseInPlots();
        using var plot = new Plot();
        int[] shown = [.. Shown(losses.Count)];
        Add(
            plot, "each batch", Palette.Mix(Palette.Background, Palette.Right, 0.3f),
            [.. shown.Select(index => index + 1.0)], [.. shown.Select(index => (double)losses[index])], 1);

        // A mean stands in the middle of the steps that it is taken of, a measurement at the step after which it was made.
        double[] middles = [.. measurements.Select((measurement, i) =>
            ((i == 0 ? 0 : measurements[i - 1].Step) + measurement.Step + 1) / 2.0)];
        Add(plot, "training", Palette.Right, middles, [.. measurements.Select(measurement => measurement.Loss)], 2.5f);
        double[] measured = [.. measurements.Select(measurement => (double)measurement.Step)];
        Add(plot, "validation", Palette.Wrong, measured, [.. measurements.Select(measurement => measurement.ValidationLoss!.Value)], 2.5f);
        plot.Axes.Margins(0.02, 0.08);
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Left.MinorTickStyle.Length = 0;
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

    // Every step, or of very many as many as a picture can tell apart.
    private static IEnumerable<int> Shown(int steps)
    {
        int count = Math.Min(steps, MostPoints);
        return Enumerable.Range(0, count).Select(i => (int)((long)i * steps / count));
    }

    private static void Add(Plot plot, string name, SKColor color, double[] steps, double[] losses, float width)
    {
        Scatter curve = plot.Add.ScatterLine(steps, losses, Palette.ForPlot(color));
        curve.LegendText = name;
        curve.LineWidth = width;

        // One point has no line.
        curve.MarkerSize = steps.Length == 1 ? 8 : 0;
    }
}
