using System.Globalization;

namespace ModelDsl.Generator.Common;

/// <summary>Numbers as text for people, the same in every culture.</summary>
internal static class NumberText
{
    /// <summary>The shortest text that reads back as the same float.</summary>
    public static string Of(float value)
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

    /// <summary>A count with thousands separated.</summary>
    public static string Grouped(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
