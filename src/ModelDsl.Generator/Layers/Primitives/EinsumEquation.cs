namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>What an equation such as <c>bij,jk->bik</c> says.</summary>
/// <param name="Operands">The letters of each operand, one for each of its dimensions.</param>
/// <param name="Result">The letters of the result.</param>
internal sealed record EinsumEquation(IReadOnlyList<string> Operands, string Result)
{
    private const string Arrow = "->";

    /// <summary>Reads an equation; null where it cannot be read.</summary>
    /// <param name="text">The equation, with or without the letters of the result.</param>
    /// <param name="reason">Why it cannot be read, as the end of a sentence.</param>
    public static EinsumEquation? Read(string text, out string reason)
    {
        text = text.Replace(" ", "");
        int arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        string[] operands = (arrow < 0 ? text : text.Substring(0, arrow)).Split(',');
        string named = string.Concat(operands);
        string result = arrow < 0 ? ImpliedBy(named) : text.Substring(arrow + Arrow.Length);
        reason = ReasonAgainst(named, result);
        return reason.Length > 0 ? null : new EinsumEquation(operands, result);
    }

    // The letters that stand once, in the alphabet's order.
    private static string ImpliedBy(string named) => string.Concat(named
        .Where(letter => named.IndexOf(letter) == named.LastIndexOf(letter))
        .OrderBy(letter => letter));

    private static string ReasonAgainst(string named, string result)
    {
        string all = named + result;
        if (all.Contains('.'))
        {
            return "an ellipsis cannot stand for dimensions, each of which needs its letter";
        }

        if (all.Any(one => one is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))))
        {
            char other = all.First(one => one is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')));
            return $"'{other}' is no letter from a to z or A to Z, a comma between operands, or one -> before the "
                + "result";
        }

        if (result.FirstOrDefault(letter => named.IndexOf(letter) < 0) is var unknown and not '\0')
        {
            return $"the result has '{unknown}', which no operand has";
        }

        char twice = result.FirstOrDefault(letter => result.IndexOf(letter) != result.LastIndexOf(letter));
        return twice != '\0' ? $"the result has '{twice}' twice" : "";
    }
}
