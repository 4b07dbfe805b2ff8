using ModelDsl;
using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>
/// Draws how often each class was taken for each other one: right answers in blue by the class's accuracy, mistakes in
/// orange by their number, so that a handful of mistakes is seen beside a thousand right answers.
/// </summary>
internal static class ConfusionMatrixPicture
{
    private const int Cell = 56, Gap = 3, Heading = 80, Margin = 28, AccuracyWidth = 104;

    // A class's name is written across its column up to this length, and upwards beyond it.
    private const int ShortName = 3;

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Draw(ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        using var name = new TextBrush(15, Palette.Ink, semiBold: true);
        int nameWidth = (int)MathF.Ceiling(classNames.Max(name.Measure));
        int nameHeight = classNames.All(text => text.Length <= ShortName) ? 24 : nameWidth + 14;
        int left = Margin + 34 + nameWidth;
        int top = Heading + nameHeight;
        int side = confusion.ClassCount * Cell;
        return Picture.Png(left + side + AccuracyWidth, top + side + Margin, canvas =>
        {
            DrawTitle(canvas, confusion, left);
            DrawAxes(canvas, left, top, side);
            DrawNames(canvas, classNames, left, top, upwards: nameHeight > 24, name);
            DrawAccuracies(canvas, confusion, left + side, top);
            DrawCells(canvas, confusion, left, top);
        });
    }

    private static void DrawTitle(SKCanvas canvas, ConfusionMatrix confusion, int left)
    {
        using var title = new TextBrush(20, Palette.Ink, semiBold: true);
        int total = Enumerable.Range(0, confusion.ClassCount).Sum(confusion.CountOf);
        int mistakes = Mistakes(confusion).Sum();
        title.Write(canvas, Text($"{mistakes:N0} of {total:N0} test images taken for another class"), left, 40);
    }

    private static void DrawAxes(SKCanvas canvas, int left, int top, int side)
    {
        using var axis = new TextBrush(14, Palette.Muted);
        axis.WriteCentered(canvas, "predicted", left + ((side - Gap) / 2f), Heading - 12);
        axis.WriteUpwards(canvas, "true", Margin, top + ((side - Gap) / 2f), centered: true);
        axis.Write(canvas, "accuracy", left + side + 20, top - 14);
    }

    private static void DrawNames(
        SKCanvas canvas, IReadOnlyList<string> classNames, int left, int top, bool upwards, TextBrush brush)
    {
        for (int index = 0; index < classNames.Count; index++)
        {
            float center = (index * Cell) + ((Cell - Gap) / 2f);
            brush.WriteRightAligned(canvas, classNames[index], left - 16, top + center);
            if (upwards)
            {
                brush.WriteUpwards(canvas, classNames[index], left + center, top - 12, centered: false);
            }
            else
            {
                brush.WriteCentered(canvas, classNames[index], left + center, top - 18);
            }
        }
    }

    private static void DrawAccuracies(SKCanvas canvas, ConfusionMatrix confusion, int x, int top)
    {
        using var figure = new TextBrush(13, Palette.Muted);
        for (int actual = 0; actual < confusion.ClassCount; actual++)
        {
            if (confusion.AccuracyOf(actual) is { } accuracy)
            {
                float center = top + (actual * Cell) + ((Cell - Gap) / 2f);
                figure.WriteCentered(canvas, Text($"{accuracy:0.0 %}"), x + 48, center);
            }
        }
    }

    private static void DrawCells(SKCanvas canvas, ConfusionMatrix confusion, int left, int top)
    {
        int mostMistakes = Mistakes(confusion).Append(1).Max();
        for (int actual = 0; actual < confusion.ClassCount; actual++)
        {
            for (int predicted = 0; predicted < confusion.ClassCount; predicted++)
            {
                var cell = SKRect.Create(left + (predicted * Cell), top + (actual * Cell), Cell - Gap, Cell - Gap);
                int count = confusion[actual, predicted];
                bool right = actual == predicted;
                float strength = right
                    ? RightStrength(confusion.AccuracyOf(actual))
                    : 0.08f + (0.77f * count / mostMistakes);
                DrawCell(canvas, cell, count, right, strength);
            }
        }
    }

    private static void DrawCell(SKCanvas canvas, SKRect cell, int count, bool right, float strength)
    {
        using var fill = new SKPaint
        {
            Color = count == 0
                ? Palette.Mix(Palette.Background, Palette.Faint, 0.45f)
                : Palette.Mix(Palette.Background, right ? Palette.Right : Palette.Wrong, strength),
            IsAntialias = true,
        };
        canvas.DrawRoundRect(cell, 6, 6, fill);
        if (count > 0)
        {
            using var text = new TextBrush(14, strength > 0.7f ? Palette.Background : Palette.Ink, semiBold: right);
            text.WriteCentered(canvas, Text($"{count:N0}"), cell.MidX, cell.MidY);
        }
    }

    /// <summary>Steep near 1, where the accuracies of good models differ.</summary>
    private static float RightStrength(double? accuracy) => 0.35f + (0.65f * (float)Math.Pow(accuracy ?? 0, 8));

    private static IEnumerable<int> Mistakes(ConfusionMatrix confusion) =>
        from actual in Enumerable.Range(0, confusion.ClassCount)
        from predicted in Enumerable.Range(0, confusion.ClassCount)
        where actual != predicted
        select confusion[actual, predicted];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
