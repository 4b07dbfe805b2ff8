using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>Writes text onto a canvas in one size, weight and colour.</summary>
internal sealed class TextBrush : IDisposable
{
    private readonly SKFont _font;
    private readonly SKPaint _paint;

    /// <param name="size">The type size in points.</param>
    /// <param name="color">The text's colour.</param>
    /// <param name="semiBold">Whether the text is heavier than regular.</param>
    public TextBrush(float size, SKColor color, bool semiBold = false)
    {
        _font = new SKFont(semiBold ? Typeface.SemiBold : Typeface.Regular, size) { Subpixel = true };
        _paint = new SKPaint { Color = color, IsAntialias = true };
    }

    /// <summary>Writes from <paramref name="x"/> on, with the baseline at <paramref name="y"/>.</summary>
    public void Write(SKCanvas canvas, string text, float x, float y, SKTextAlign align = SKTextAlign.Left) =>
        canvas.DrawText(text, x, y, align, _font, _paint);

    /// <summary>Writes in the middle of a point: digits stand centred both ways.</summary>
    public void WriteCentered(SKCanvas canvas, string text, float x, float y) =>
        Write(canvas, text, x, y + (_font.Metrics.CapHeight / 2), SKTextAlign.Center);

    /// <summary>Writes so that the text ends at x, with its height centred on y.</summary>
    public void WriteRightAligned(SKCanvas canvas, string text, float x, float y) =>
        Write(canvas, text, x, y + (_font.Metrics.CapHeight / 2), SKTextAlign.Right);

    /// <summary>Writes upwards, centred on a point or from it on.</summary>
    public void WriteUpwards(SKCanvas canvas, string text, float x, float y, bool centered)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, y);
        Write(
            canvas, text, x, y + (_font.Metrics.CapHeight / 2), centered ? SKTextAlign.Center : SKTextAlign.Left);
        canvas.Restore();
    }

    /// <summary>The width of a text in points.</summary>
    public float Measure(string text) => _font.MeasureText(text);

    public void Dispose()
    {
        _font.Dispose();
        _paint.Dispose();
    }
}
