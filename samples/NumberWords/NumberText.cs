namespace NumberWordsSample;

/// <summary>Numbers below a million as English words and as digits, both as tokens.</summary>
internal static class NumberText
{
    /// <summary>Numbers lie below it.</summary>
    public const int Limit = 1_000_000;

    /// <summary>The words of 777,777.</summary>
    public const int MostWords = 11;

    /// <summary>The digits of the largest number.</summary>
    public const int MostDigits = 6;

    /// <summary>The token that fills up what has fewer words.</summary>
    public const int Filler = 0;

    /// <summary>The number of different words, and the filler.</summary>
    public const int WordTokens = 32;

    /// <summary>The token before the first digit and behind the last.</summary>
    public const int End = 10;

    /// <summary>The ten digits, and the end.</summary>
    public const int DigitTokens = 11;

    /// <summary>The label of steps behind the end.</summary>
    public const int Ignored = -1;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Words = [.. Small, .. Tens, "hundred", "thousand", "and"];

    /// <summary>A number in words: <c>two hundred and forty-one</c>.</summary>
    public static string Spell(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Limit);
        (int thousands, int rest) = Math.DivRem(number, 1000);
        return (thousands, rest) switch
        {
            (0, _) => SpellBelowThousand(rest),
            (_, 0) => $"{SpellBelowThousand(thousands)} thousand",
            (_, < 100) => $"{SpellBelowThousand(thousands)} thousand and {SpellBelowThousand(rest)}",
            _ => $"{SpellBelowThousand(thousands)} thousand {SpellBelowThousand(rest)}",
        };
    }

    /// <summary>The tokens of a number in words, filled up to <see cref="MostWords"/>.</summary>
    /// <returns>Null where a word is unknown, or where there are none or too many.</returns>
    public static int[]? ReadWords(string text)
    {
        string[] words = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        int[] tokens = [.. words.Select(word => Array.IndexOf(Words, word.ToLowerInvariant()) + 1)];
        return tokens.Length is 0 or > MostWords || tokens.Contains(Filler)
            ? null
            : [.. tokens, .. Enumerable.Repeat(Filler, MostWords - tokens.Length)];
    }

    /// <summary>The tokens of a number's digits, without the end.</summary>
    public static int[] ReadDigits(int number) =>
        [.. FormattableString.Invariant($"{number}").Select(character => character - '0')];

    private static string SpellBelowThousand(int number)
    {
        (int hundreds, int rest) = Math.DivRem(number, 100);
        return (hundreds, rest) switch
        {
            (0, _) => SpellBelowHundred(rest),
            (_, 0) => $"{Small[hundreds]} hundred",
            _ => $"{Small[hundreds]} hundred and {SpellBelowHundred(rest)}",
        };
    }

    private static string SpellBelowHundred(int number)
    {
        if (number < Small.Length)
        {
            return Small[number];
        }

        (int tens, int ones) = Math.DivRem(number, 10);
        return ones == 0 ? Tens[tens - 2] : $"{Tens[tens - 2]}-{Small[ones]}";
    }
}
