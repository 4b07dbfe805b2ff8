using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>The colours of all pictures.</summary>
internal static class Palette
{
    public static readonly SKColor Background = SKColors.White;
    public static readonly SKColor Ink = new(0x1b, 0x1f, 0x24);
    public static readonly SKColor Muted = new(0x6b, 0x72, 0x80);
    public static readonly SKColor Faint = new(0xe5, 0xe7, 0xeb);
    public static readonly SKColor Right = new(0x25, 0x63, 0xeb);
    public static readonly SKColor Wrong = new(0xdc, 0x4a, 0x10);

    /// <summary>A colour between <paramref name="from"/> (0) and <paramref name="to"/> (1).</summary>
    public static SKColor Mix(SKColor from, SKColor to, float amount)
    {
        float clamped = Math.Clamp(amount, 0f, 1f);
        return new SKColor(
            Channel(from.Red, to.Red), Channel(from.Green, to.Green), Channel(from.Blue, to.Blue));

        byte Channel(byte a, byte b) => (byte)MathF.Round(a + ((b - a) * clamped));
    }

    public static ScottPlot.Color ForPlot(SKColor color) => ScottPlot.Color.FromSKColor(color);
}
