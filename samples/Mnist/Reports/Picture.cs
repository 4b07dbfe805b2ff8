using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>Draws in points and gives a PNG of twice as many pixels, so that it is sharp on dense screens.</summary>
internal static class Picture
{
    /// <summary>Pixels per point.</summary>
    public const int Scale = 2;

    /// <summary>Draws a picture of width x height points and returns its PNG file.</summary>
    public static byte[] Png(int width, int height, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale));
        surface.Canvas.Clear(Palette.Background);
        surface.Canvas.Scale(Scale);
        draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
