using System.Globalization;
using System.Numerics;

namespace ModelDsl.Data;

/// <summary>A typed value as a table gives it: as a number, or as the text that a CSV file has for it.</summary>
internal static class CellValue
{
    /// <summary>The nearest float.</summary>
    public static float Number<T>(T value)
        where T : INumberBase<T> => float.CreateSaturating(value);

    /// <summary>1 or 0.</summary>
    public static float Number(bool value) => value ? 1f : 0f;

    /// <summary>A number as text, whatever the culture; null for NaN, which is missing.</summary>
    public static string? Text<T>(T value)
        where T : INumberBase<T> => T.IsNaN(value) ? null : value.ToString(format: null, CultureInfo.InvariantCulture);

    /// <summary>True or False.</summary>
    public static string Text(bool value) => value ? bool.TrueString : bool.FalseString;
}
