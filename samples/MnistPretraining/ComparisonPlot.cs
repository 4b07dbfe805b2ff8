using MnistSample.Reports;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Palette = MnistSample.Reports.Palette;

namespace MnistPretrainingSample;

/// <summary>Draws the accuracy of each seed, one row of dots for each way of training.</summary>
internal static class ComparisonPlot
{
    private const int Width = 720, Height = 420;

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Draw(IReadOnlyList<Comparison> comparisons)
    {
        Typeface.UseInPlots();
        using var plot = new Plot();
        Add("fine-tuned", comparison => comparison.FineTuned, Palette.Right);
        Add("frozen encoder", comparison => comparison.Frozen, Palette.Muted);
        Add("from scratch", comparison => comparison.Scratch, Palette.Wrong);
        plot.XLabel("seed", 13);
        plot.YLabel("test accuracy in percent", 13);
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. comparisons.Select((_, i) => (double)i)], [.. comparisons.Select(comparison => $"{comparison.Seed}")]);
        plot.Axes.SetLimitsX(-0.5, comparisons.Count - 0.5);
        plot.ShowLegend(Edge.Right);
        return Picture.Png(Width, Height, canvas => plot.Render(canvas, new PixelRect(0, Width, Height, 0)));

        void Add(string name, Func<Comparison, double> accuracy, SkiaSharp.SKColor color)
        {
            Scatter dots = plot.Add.ScatterPoints(
                comparisons.Select((_, i) => (double)i).ToArray(),
                comparisons.Select(one => 100 * accuracy(one)).ToArray());
            dots.LegendText = name;
            dots.Color = Palette.ForPlot(color);
            dots.MarkerSize = 10;
        }
    }
}
