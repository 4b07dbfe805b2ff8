using SkiaSharp;

namespace ModelDsl.Samples.Tests;

/// <summary>Makes PNG files for tests.</summary>
internal static class TestPicture
{
    /// <summary>A grey picture from its pixels.</summary>
    public static byte[] Gray(int width, int height, byte[] pixels)
    {
        var info = new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
        using SKImage image = SKImage.FromPixelCopy(info, pixels);
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>A picture of a seven, drawn in one colour on another.</summary>
    public static byte[] Seven(int width, int height, SKColor paper, SKColor ink, float left, float top, float size)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(paper);
        using var paint = new SKPaint
        {
            Color = ink,
            StrokeWidth = size / 8,
            Style = SKPaintStyle.Stroke,
            IsAntialias = true,
        };
        using var path = new SKPath();
        path.MoveTo(left, top);
        path.LineTo(left + (size * 0.6f), top);
        path.LineTo(left + (size * 0.2f), top + size);
        surface.Canvas.DrawPath(path, paint);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
