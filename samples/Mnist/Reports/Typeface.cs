using ScottPlot;
using SkiaSharp;

namespace MnistSample.Reports;

/// <summary>
/// The pictures' typeface. It travels inside the program, so pictures look the same everywhere, also where no font is
/// installed, as in a container.
/// </summary>
internal sealed class Typeface : IFontResolver
{
    public const string Family = "Inter";

    public static SKTypeface Regular { get; } = Load("Inter-Regular.ttf");

    public static SKTypeface SemiBold { get; } = Load("Inter-SemiBold.ttf");

    /// <summary>Makes the typeface known to ScottPlot. Calling it again changes nothing.</summary>
    public static void UseInPlots()
    {
        if (!ScottPlot.Fonts.FontResolvers.OfType<Typeface>().Any())
        {
            ScottPlot.Fonts.FontResolvers.Insert(0, new Typeface());
            ScottPlot.Fonts.Default = Family;
        }
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? bold ? SemiBold : Regular : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(Typeface).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The program was built without its font {file}.");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data)
            ?? throw new InvalidOperationException($"Skia cannot read the font {file}.");
    }
}
