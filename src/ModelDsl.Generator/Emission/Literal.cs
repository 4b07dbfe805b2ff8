using System.Globalization;

namespace ModelDsl.Generator.Emission;

/// <summary>Numbers as C# literals, the same in every culture.</summary>
internal static class Literal
{
    /// <summary>A float literal that reads back as the same float: <c>0.2f</c>.</summary>
    public static string Of(float value) => Text(value) + "f";

    /// <summary>The shortest text that reads back as the same float.</summary>
    public static string Text(float value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 1; digits < 9; digits++)
        {
            string candidate = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.TryParse(candidate, NumberStyles.Float, CultureInfo.InvariantCulture, out float back) && back.Equals(value))
            {
                return candidate;
            }
        }

        return shortest;
    }

    /// <summary>A string literal.</summary>
    public static string Of(string text) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A count with thousands separated, for people.</summary>
    public static string Grouped(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
