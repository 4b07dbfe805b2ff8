namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Expressions as messages and comments quote them: on one line, and not too long.</summary>
internal static class ExpressionText
{
    private const int MostLetters = 80;

    /// <summary>A call without what it is called on; anything else as a whole.</summary>
    public static string Of(SyntaxNode syntax)
    {
        string text = AttributeText.Of(ExpressionSite.TokensOf(syntax));
        return text.Length <= MostLetters ? text : text.Substring(0, MostLetters - 1) + "…";
    }
}
