using System.Text;

namespace ModelDsl.CodeFixes;

/// <summary>
/// Sees to it that directives begin their lines, and that a repair means the same when it is read again.
/// </summary>
internal static class DirectiveKeeper
{
    /// <summary>
    /// The repaired file with each directive at the beginning of a line; the file as it was where comments or
    /// directives would make something else of the repair.
    /// </summary>
    public static SyntaxNode Settle(SyntaxNode root, SyntaxNode repaired)
    {
        string text = repaired.ToFullString();
        SyntaxTrivia[] directives = [.. repaired.DescendantTrivia().Where(IsDirective)];
        var settled = new StringBuilder(text);
        foreach (SyntaxTrivia directive in directives.AsEnumerable().Reverse())
        {
            int start = directive.SpanStart - repaired.FullSpan.Start;
            int line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
            if (text.Substring(line, start - line).Trim().Length > 0)
            {
                settled.Insert(start, EndOfLine(text));
            }
        }

        SyntaxNode read = CSharpSyntaxTree
            .ParseText(settled.ToString(), (CSharpParseOptions?)root.SyntaxTree.Options)
            .GetRoot();
        bool isMeant = Tokens(read).SequenceEqual(Tokens(repaired))
            && Texts(read.DescendantTrivia().Where(IsDirective)).SequenceEqual(Texts(directives))
            && Texts(directives).SequenceEqual(Texts(root.DescendantTrivia().Where(IsDirective)))
            && Errors(read) <= Errors(root);
        return !isMeant ? root : settled.Length == text.Length ? repaired : read;
    }

    private static string EndOfLine(string text) => text.Contains("\r\n") ? "\r\n" : "\n";

    // What is switched off is kept as directives are.
    private static bool IsDirective(SyntaxTrivia trivia) =>
        trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia);

    private static IEnumerable<string> Tokens(SyntaxNode root) => root.DescendantTokens().Select(token => token.Text);

    private static IEnumerable<string> Texts(IEnumerable<SyntaxTrivia> trivia) =>
        trivia.Select(piece => piece.ToString().Trim());

    private static int Errors(SyntaxNode root) =>
        root.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
