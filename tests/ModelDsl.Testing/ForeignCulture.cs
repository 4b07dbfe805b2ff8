using System.Globalization;

namespace ModelDsl.Testing;

/// <summary>
/// A culture in which no number looks as in C#. Tests run without culture data, so that the names of cultures prove
/// nothing; what matters of Swedish, Arabic and Turkish is written down here.
/// </summary>
public static class ForeignCulture
{
    /// <summary>The minus sign of Swedish and Norwegian, which C# does not read.</summary>
    public const string Minus = "\u2212";

    /// <summary>A culture of its own, with that minus sign.</summary>
    public static CultureInfo Create() => Create(",", "\u00A0", Minus);

    /// <summary>A culture with separators and a minus sign.</summary>
    public static CultureInfo Create(string decimalSeparator, string groupSeparator, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        NumberFormatInfo numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) =
            (decimalSeparator, groupSeparator, minus);
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (decimalSeparator, groupSeparator);
        (numbers.PositiveSign, numbers.NaNSymbol) = ("\u200F+", "NT");
        (numbers.PositiveInfinitySymbol, numbers.NegativeInfinitySymbol) = ("oo", minus + "oo");
        numbers.NativeDigits =
            ["\u0660", "\u0661", "\u0662", "\u0663", "\u0664", "\u0665", "\u0666", "\u0667", "\u0668", "\u0669"];
        culture.DateTimeFormat.DateSeparator = "\u200F/";
        return culture;
    }

    /// <summary>Runs something in the foreign culture.</summary>
    public static T Run<T>(Func<T> work, CultureInfo? culture = null)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture ?? Create();
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
