using System.Globalization;
using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>Draws the test images that the model is most wrong about, worst first.</summary>
internal static class WorstImagesSheet
{
    /// <summary>The number of images that the sheet has room for.</summary>
    public const int Capacity = Columns * Rows;

    private const int Columns = 8, Rows = 5, Side = 28;
    private const int Magnification = 4, Frame = Side * Magnification;
    private const int Margin = 32, Gap = 18, Caption = 34, Top = 92;

    /// <summary>The picture's size in points.</summary>
    public const int Width = (2 * Margin) + (Columns * Frame) + ((Columns - 1) * Gap);
    public const int Height = Top + (Rows * (Frame + Caption + Gap)) + Margin - Gap;

    // A class's name beyond this length takes a line of its own.
    private const int ShortName = 3;

    /// <summary>The picture as a PNG file.</summary>
    /// <param name="worst">The images, worst first; those beyond <see cref="Capacity"/> are left out.</param>
    /// <param name="classNames">Each class's name.</param>
    public static byte[] Draw(IReadOnlyList<MisreadImage> worst, IReadOnlyList<string> classNames) =>
        Picture.Png(Width, Height, canvas =>
        {
            using var title = new TextBrush(20, Palette.Ink, semiBold: true);
            using var subtitle = new TextBrush(14, Palette.Muted);
            title.Write(canvas, worst.Count == 0 ? "No test image is misread" : "The worst misread test images", Margin, 40);
            subtitle.Write(
                canvas, "true class → the model's answer, and the probability it gives to that answer", Margin, 64);

            bool shortNames = classNames.All(name => name.Length <= ShortName);
            for (int index = 0; index < Math.Min(worst.Count, Capacity); index++)
            {
                MisreadImage image = worst[index];
                float x = Margin + (index % Columns * (Frame + Gap));
                float y = Top + (index / Columns * (Frame + Caption + Gap));
                DrawImage(canvas, image.Pixels, x, y);
                string actual = classNames[image.TrueLabel];
                string predicted = classNames[image.PredictedLabel];
                DrawCaption(canvas, actual, predicted, image.Probability, shortNames, x, y + Frame);
            }
        });

    private static void DrawImage(SKCanvas canvas, float[] pixels, float x, float y)
    {
        byte[] gray = Array.ConvertAll(pixels, value => (byte)MathF.Round(Math.Clamp(value, 0f, 1f) * 255f));
        var info = new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        using SKImage image = SKImage.FromPixelCopy(info, gray);
        var frame = SKRect.Create(x, y, Frame, Frame);
        using var clip = new SKRoundRect(frame, 6);
        canvas.Save();
        canvas.ClipRoundRect(clip, antialias: true);
        canvas.DrawImage(image, frame, new SKSamplingOptions(SKFilterMode.Nearest));
        canvas.Restore();
    }

    private static void DrawCaption(
        SKCanvas canvas, string actual, string predicted, float probability, bool shortNames, float x, float y)
    {
        float size = shortNames ? 16 : 12;
        using var truth = new TextBrush(size, Palette.Right, semiBold: true);
        using var answer = new TextBrush(size, Palette.Wrong, semiBold: true);
        using var rest = new TextBrush(shortNames ? 14 : 11, Palette.Muted);
        float first = y + (shortNames ? 21 : 17);
        float second = shortNames ? first : first + 16;

        truth.Write(canvas, actual, x, first);
        rest.Write(canvas, Percent(probability), x + Frame, first, SKTextAlign.Right);
        float arrow = shortNames ? x + truth.Measure(actual) + 5 : x;
        rest.Write(canvas, "→", arrow, second);
        answer.Write(canvas, predicted, arrow + rest.Measure("→") + 5, second);
    }

    /// <summary>Rounds down, so that no certainty is shown that the model does not claim.</summary>
    private static string Percent(float probability) =>
        (Math.Floor(probability * 1000.0) / 1000.0).ToString("0.0 %", CultureInfo.InvariantCulture);
}
