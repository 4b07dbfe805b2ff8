using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>Draws small square images in rows and columns, with a heading above each column.</summary>
internal static class ImageGrid
{
    private const int Frame = 84, Gap = 10, Margin = 24, Heading = 30;

    /// <summary>A picture as a PNG file.</summary>
    /// <param name="images">The pixels of all images, row by row.</param>
    /// <param name="columns">The number of images in a row.</param>
    /// <param name="headings">What stands above the columns; nothing where it is empty.</param>
    public static byte[] Draw(IReadOnlyList<SKColor[]> images, int columns, params IReadOnlyList<string> headings)
    {
        int rows = (images.Count + columns - 1) / columns;
        int top = Margin + (headings.Count == 0 ? 0 : Heading);
        int width = (2 * Margin) + (columns * (Frame + Gap)) - Gap;
        int height = top + Margin + (rows * (Frame + Gap)) - Gap;
        return Picture.Png(width, height, canvas =>
        {
            using var text = new TextBrush(13, Palette.Ink, semiBold: true);
            for (int column = 0; column < headings.Count; column++)
            {
                text.Write(canvas, headings[column], Margin + (column * (Frame + Gap)), Margin + 14);
            }

            for (int i = 0; i < images.Count; i++)
            {
                using SKImage image = SKImage.FromBitmap(Bitmap(images[i]));
                var place = SKRect.Create(
                    Margin + (i % columns * (Frame + Gap)), top + (i / columns * (Frame + Gap)), Frame, Frame);
                canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
            }
        });
    }

    /// <summary>The colours of grey values from 0 to 1.</summary>
    public static SKColor[] Gray(ReadOnlySpan<float> values)
    {
        var colors = new SKColor[values.Length];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = Palette.Mix(SKColors.Black, SKColors.White, values[i]);
        }

        return colors;
    }

    /// <summary>The colours of signed values: what speaks for, what speaks against, and white for zero.</summary>
    public static SKColor[] Signed(ReadOnlySpan<float> values)
    {
        float largest = 1e-12f;
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var colors = new SKColor[values.Length];
        for (int i = 0; i < colors.Length; i++)
        {
            SKColor full = values[i] > 0 ? Palette.Right : Palette.Wrong;
            colors[i] = Palette.Mix(Palette.Background, full, Math.Abs(values[i]) / largest);
        }

        return colors;
    }

    private static SKBitmap Bitmap(SKColor[] pixels)
    {
        int side = (int)Math.Sqrt(pixels.Length);
        var bitmap = new SKBitmap(side, side);
        bitmap.Pixels = pixels;
        return bitmap;
    }
}
