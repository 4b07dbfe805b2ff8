using System.Collections.Immutable;
using System.Globalization;
using ModelDsl;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>Draws loss and accuracy over the epochs, of the training and of the validation images.</summary>
internal static class LearningCurves
{
    /// <summary>The picture's size in points.</summary>
    public const int Width = 960, Height = 420;

    private const int Heading = 52;

    /// <summary>The picture as a PNG file.</summary>
    /// <param name="history">The figures of each epoch.</param>
    /// <param name="training">What the curve of the training images is called: how they differ from the others.</param>
    public static byte[] Draw(History history, string training = "training, with dropout")
    {
        Typeface.UseInPlots();
        using Plot loss = Panel(history.Epochs, training, epoch => epoch.Loss, epoch => epoch.ValidationLoss);
        using Plot accuracy = Panel(
            history.Epochs, training, epoch => epoch.Accuracy, epoch => epoch.ValidationAccuracy);
        loss.Axes.SetLimitsY(0, loss.Axes.GetLimits().Top);
        loss.ShowLegend(Alignment.UpperRight);
        accuracy.Axes.Left.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => value.ToString("0.# %", CultureInfo.InvariantCulture),
        };
        accuracy.ShowLegend(Alignment.LowerRight);

        return Picture.Png(Width, Height, canvas =>
        {
            Render(loss, "Loss", canvas, left: 0);
            Render(accuracy, "Accuracy", canvas, left: Width / 2);
        });
    }

    /// <summary>Draws one half of the picture; clipped, because a plot first clears all that it can reach.</summary>
    private static void Render(Plot plot, string title, SKCanvas canvas, int left)
    {
        canvas.Save();
        canvas.ClipRect(SKRect.Create(left, Heading, Width / 2, Height - Heading));
        plot.Render(canvas, new PixelRect(left, left + (Width / 2) - 12, Height - 8, Heading));
        canvas.Restore();
        using var text = new TextBrush(20, Palette.Ink, semiBold: true);
        text.Write(canvas, title, left + 32, 40);
    }

    private static Plot Panel(
        ImmutableArray<EpochResult> epochs,
        string trainingName,
        Func<EpochResult, double?> training,
        Func<EpochResult, double?> validation)
    {
        var plot = new Plot();
        Curve(plot, trainingName, Palette.Right, epochs, training);
        Curve(plot, "validation", Palette.Wrong, epochs, validation);

        plot.XLabel("epoch", 13);
        plot.Axes.Bottom.TickGenerator = EpochTicks(epochs.Length);
        plot.Axes.SetLimitsX(0.5, epochs.Length + 0.5);
        plot.Axes.Margins(bottom: 0.08, top: 0.08);
        plot.Axes.AutoScaleY();
        Style(plot);
        return plot;
    }

    private static void Curve(
        Plot plot, string name, SKColor color, ImmutableArray<EpochResult> epochs, Func<EpochResult, double?> figure)
    {
        EpochResult[] known = [.. epochs.Where(epoch => figure(epoch) is { } value && double.IsFinite(value))];
        if (known.Length == 0)
        {
            return;
        }

        Scatter curve = plot.Add.Scatter(
            known.Select(epoch => (double)epoch.Epoch).ToArray(), known.Select(epoch => figure(epoch)!.Value).ToArray());
        curve.LegendText = name;
        curve.Color = Palette.ForPlot(color);
        curve.LineWidth = 2.5f;
        curve.MarkerSize = known.Length <= 40 ? 7 : 0;
    }

    /// <summary>Whole epochs only, at most a dozen.</summary>
    private static NumericManual EpochTicks(int epochs)
    {
        var ticks = new NumericManual();
        int stride = Math.Max(1, (int)Math.Ceiling(epochs / 12.0));
        for (int epoch = stride; epoch <= epochs; epoch += stride)
        {
            ticks.AddMajor(epoch, epoch.ToString(CultureInfo.InvariantCulture));
        }

        return ticks;
    }

    private static void Style(Plot plot)
    {
        plot.Font.Set(Typeface.Family);
        plot.FigureBackground.Color = Palette.ForPlot(Palette.Background);
        plot.Axes.Color(Palette.ForPlot(Palette.Muted));
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Palette.ForPlot(Palette.Faint);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.FontSize = 13;
        plot.Legend.FontColor = Palette.ForPlot(Palette.Ink);
    }
}
