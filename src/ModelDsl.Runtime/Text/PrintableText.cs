using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>
/// Text of other origin (a name in a file, a path) as a message may show it: a terminal obeys control characters, an
/// editor turns text around at marks of direction, and a hostile name fills the screen.
/// </summary>
/// <remarks>The compiler and the samples compile this file too.</remarks>
internal static class PrintableText
{
    /// <summary>The most characters of a name that a message shows.</summary>
    public const int LongestName = 100;

    /// <summary>The most extents of a tensor that are shown.</summary>
    public const int MostExtents = 16;

    /// <summary>
    /// A name, shortened where it is long, with what is not printed written as an escape sequence of C#.
    /// </summary>
    public static string Name(string text)
    {
        if (text.Length <= LongestName)
        {
            return Escape(text);
        }

        // A pair of surrogates is one character and is not cut in two.
        int length = char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName;
        return Escape(text.Substring(0, length)) + "...";
    }

    /// <summary>
    /// All of a text, with what is not printed written as an escape sequence of C#: control characters (of C0 and C1),
    /// marks of format such as those of direction, separators of lines, halves of surrogate pairs.
    /// </summary>
    public static string Escape(string text)
    {
        int first = 0;
        while (first < text.Length && LengthOfPrinted(text, first) is > 0 and int length)
        {
            first += length;
        }

        if (first >= text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length;)
        {
            int printed = LengthOfPrinted(text, i);
            if (printed > 0)
            {
                escaped.Append(text, i, printed);
                i += printed;
            }
            else
            {
                AppendEscaped(escaped, text[i]);
                i++;
            }
        }

        return escaped.ToString();
    }

    // The chars of the character at a place: 1 or 2, or 0 where it is not printed. Both halves of a pair that is not
    // printed are escaped one by one.
    private static int LengthOfPrinted(string text, int index)
    {
        char character = text[index];
        if (character is >= ' ' and < (char)0x7F)
        {
            return 1;
        }

        bool isPair =
            char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
        UnicodeCategory category = isPair
            ? CharUnicodeInfo.GetUnicodeCategory(text, index)
            : CharUnicodeInfo.GetUnicodeCategory(character);
        bool isHidden = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
        return isHidden ? 0 : isPair ? 2 : 1;
    }

    private static void AppendEscaped(StringBuilder escaped, char character) => escaped.Append(character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
    });
}
