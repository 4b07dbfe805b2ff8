namespace ModelDsl.CodeFixes;

/// <summary>
/// Removes syntax, and leaves comments, directives, blank lines and the text between directives around it.
/// </summary>
internal static class TriviaKeeper
{
    /// <summary>Whether some of the trivia is more than white space.</summary>
    public static bool IsSignificant(IEnumerable<SyntaxTrivia> trivia) =>
        trivia.Any(piece => !piece.IsKind(SyntaxKind.WhitespaceTrivia) && !piece.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>
    /// Removes one of several items with a comma beside it; the same root where a directive stands within it.
    /// </summary>
    public static SyntaxNode RemoveItem<TList, TItem>(
        SyntaxNode root,
        TList list,
        TItem item,
        Func<TList, SeparatedSyntaxList<TItem>> itemsOf,
        Func<TList, SeparatedSyntaxList<TItem>, TList> with)
        where TList : SyntaxNode
        where TItem : SyntaxNode
    {
        if (HasDirectivesWithin(item))
        {
            return root;
        }

        SyntaxNodeOrTokenList items = itemsOf(list).GetWithSeparators();
        int at = items.IndexOf(item);
        SyntaxToken? before = at > 0 ? items[at - 1].AsToken() : null;
        SyntaxToken? after = at + 1 < items.Count ? items[at + 1].AsToken() : null;
        bool endsLine = after is { } comma && HasEnd(comma.TrailingTrivia);
        bool startsLine = HasEnd(item.GetFirstToken().GetPreviousToken().TrailingTrivia);

        // The comma behind goes with the item: the one before may stand before a directive that the item is under.
        bool takesBefore = before is not null && (after is null || (endsLine && !startsLine));
        SyntaxTrivia[] around =
        [
            .. takesBefore ? Around(before) : [],
            .. item.GetLeadingTrivia(),
            .. item.GetTrailingTrivia(),
            .. takesBefore ? [] : Around(after),
        ];
        SyntaxToken next = (takesBefore || after is null ? item.GetLastToken() : after.Value).GetNextToken();
        SyntaxTriviaList leading = IsSignificant(around)
            ? [.. WithoutEmptyLine([.. around, .. next.LeadingTrivia], startsLine)]
            : !takesBefore && endsLine && !startsLine && !IsSignificant(next.LeadingTrivia) ? [] : next.LeadingTrivia;
        TList kept = list.ReplaceToken(next, next.WithLeadingTrivia(leading));
        items = itemsOf(kept).GetWithSeparators().RemoveAt(at);
        if (items.Count > 0)
        {
            items = items.RemoveAt(takesBefore ? at - 1 : at);
        }

        return root.ReplaceNode(list, with(kept, SyntaxFactory.SeparatedList<TItem>(items)));
    }

    /// <summary>Removes a list of attributes with its line; the same root where a directive stands within it.</summary>
    public static SyntaxNode RemoveList(SyntaxNode root, AttributeListSyntax list)
    {
        SyntaxToken next = list.GetLastToken().GetNextToken();
        if (HasDirectivesWithin(list) || list.Parent?.FullSpan.Contains(next.Span) != true)
        {
            return root;
        }

        SyntaxTriviaList before = list.GetLeadingTrivia();
        SyntaxTriviaList after = list.GetTrailingTrivia();
        SyntaxTrivia[] within = [.. list.DescendantTrivia().Where(piece => list.Span.Contains(piece.Span))];
        SyntaxToken previous = list.GetFirstToken().GetPreviousToken();
        bool startsLine = before.Any(SyntaxKind.EndOfLineTrivia)
            || before.Any(piece => piece.HasStructure)
            || previous.IsKind(SyntaxKind.None)
            || HasEnd(previous.TrailingTrivia);
        IEnumerable<SyntaxTrivia> kept = IsSignificant(within)
            ? [.. before, .. within, .. after]
            : IsSignificant(after) ? [.. before, .. after.SkipWhile(IsSpace)]
            : HasEnd(after) && startsLine ? WithoutIndentation(before)
            : HasEnd(after) ? [.. before, .. after.SkipWhile(IsSpace)]
            : before;
        SyntaxTriviaList leading = [.. kept, .. next.LeadingTrivia];
        var mark = new SyntaxAnnotation();
        SyntaxNode parent = list.Parent!;
        SyntaxNode marked = parent.ReplaceSyntax(
            [list],
            (_, rewritten) => rewritten.WithAdditionalAnnotations(mark),
            [next],
            (_, rewritten) => rewritten.WithLeadingTrivia(leading),
            null,
            null);
        SyntaxNode without = marked.RemoveNode(
            marked.GetAnnotatedNodes(mark).Single(), SyntaxRemoveOptions.KeepNoTrivia)!;
        return root.ReplaceNode(parent, without);
    }

    /// <summary>Whether a directive, or text that it switches off, stands between the tokens of a node.</summary>
    public static bool HasDirectivesWithin(SyntaxNode node) => node.DescendantTrivia().Any(piece =>
        (piece.IsDirective || piece.IsKind(SyntaxKind.DisabledTextTrivia)) && node.Span.Contains(piece.Span));

    // The line on which nothing but the item stood, where comments stand above it: white space, then its end.
    private static IEnumerable<SyntaxTrivia> WithoutEmptyLine(SyntaxTrivia[] trivia, bool startsLine)
    {
        bool isAtStart = startsLine;
        for (int i = 0; i < trivia.Length; i++)
        {
            int end = i;
            while (end < trivia.Length && IsSpace(trivia[end]))
            {
                end++;
            }

            if (isAtStart && end > i && end < trivia.Length && trivia[end].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                return [.. trivia.Take(i), .. trivia.Skip(end + 1)];
            }

            isAtStart = trivia[i].IsKind(SyntaxKind.EndOfLineTrivia);
        }

        return trivia;
    }

    private static IEnumerable<SyntaxTrivia> Around(SyntaxToken? token) =>
        token is { } comma ? [.. comma.LeadingTrivia, .. comma.TrailingTrivia] : [];

    private static bool HasEnd(SyntaxTriviaList trivia) => trivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool IsSpace(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia);

    private static IEnumerable<SyntaxTrivia> WithoutIndentation(SyntaxTriviaList trivia) =>
        trivia.Take(trivia.Count - trivia.Reverse().TakeWhile(IsSpace).Count());
}
