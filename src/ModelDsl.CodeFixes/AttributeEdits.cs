namespace ModelDsl.CodeFixes;

/// <summary>
/// Inserts, removes and moves attributes and their arguments. Comments and directives around what is removed stay where
/// they are; what has a directive within is not removed at all.
/// </summary>
internal static class AttributeEdits
{
    private const string Suffix = "Attribute";

    /// <summary>The attribute that a node belongs to.</summary>
    public static AttributeSyntax? Attribute(SyntaxNode? node) => node?.FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>Whether an attribute is written with a name, qualified or not, or with an alias of it.</summary>
    public static bool IsNamed(AttributeSyntax attribute, string name)
    {
        string written = FullName(attribute).GetLastToken().ValueText;
        return written == name || written == name + Suffix;
    }

    /// <summary>The name of an attribute, without what qualifies it and without the suffix.</summary>
    public static string Kind(AttributeSyntax attribute) => WithoutSuffix(FullName(attribute).GetLastToken().ValueText);

    /// <summary>The name of an attribute's class as it may be written, without the suffix.</summary>
    public static string WithoutSuffix(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;

    /// <summary>The name of an argument that is written <c>Name = value</c>.</summary>
    public static string? NameOf(AttributeArgumentSyntax argument) => argument.NameEquals?.Name.Identifier.ValueText;

    /// <summary>The argument of an attribute that is written with a name, <c>Name = value</c>.</summary>
    public static AttributeArgumentSyntax? Argument(AttributeSyntax? attribute, string name) =>
        attribute?.ArgumentList?.Arguments.FirstOrDefault(argument => NameOf(argument) == name);

    /// <summary>A list with other arguments, on the lines of those that it had.</summary>
    public static AttributeArgumentListSyntax WithArguments(
        AttributeArgumentListSyntax list, AttributeArgumentSyntax[] arguments)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> had = list.Arguments;
        int last = arguments.Length - 1;
        IEnumerable<AttributeArgumentSyntax> placed = arguments.Select((argument, i) => argument
            .WithLeadingTrivia(i < had.Count ? had[i].GetLeadingTrivia() : default)
            .WithTrailingTrivia(i == last ? had[had.Count - 1].GetTrailingTrivia() : default));
        IEnumerable<SyntaxToken> commas =
            Enumerable.Range(0, last).Select(i => i < had.SeparatorCount ? had.GetSeparator(i) : Comma());
        return list.WithArguments(SyntaxFactory.SeparatedList(placed, commas));
    }

    /// <summary>Writes another text in the place of a literal.</summary>
    public static SyntaxNode ReplaceText(SyntaxNode root, LiteralExpressionSyntax literal, string text) =>
        root.ReplaceNode(
            literal,
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text))
                .WithTriviaFrom(literal));

    /// <summary>Adds a named argument, <c>Name = value</c>, after those that are there.</summary>
    public static SyntaxNode Append(SyntaxNode root, AttributeSyntax attribute, string argument)
    {
        AttributeArgumentListSyntax added = SyntaxFactory.ParseAttributeArgumentList($"({argument})")!;
        if (attribute.ArgumentList is not { } list)
        {
            // The text behind the name stays behind the attribute.
            return root.ReplaceNode(
                attribute,
                attribute
                    .WithName(attribute.Name.WithoutTrailingTrivia())
                    .WithArgumentList(added.WithTrailingTrivia(attribute.Name.GetTrailingTrivia())));
        }

        SyntaxNodeOrTokenList items = list.Arguments.GetWithSeparators();
        items = items.Count == 0 || items.Last().IsToken
            ? items.Add(added.Arguments[0])
            : items.AddRange([Comma(), added.Arguments[0]]);
        return root.ReplaceNode(list, list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items)));
    }

    /// <summary>An attribute without arguments, named as <paramref name="like"/> qualifies its own name.</summary>
    public static AttributeSyntax Create(string name, AttributeSyntax? like = null)
    {
        SimpleNameSyntax simple = SyntaxFactory.IdentifierName(name);
        NameSyntax full = like?.Name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(simple),
            AliasQualifiedNameSyntax qualified => qualified.WithName(simple),
            IdentifierNameSyntax alias when AliasedName(alias) is QualifiedNameSyntax qualified =>
                qualified.WithRight(simple),
            _ => simple,
        };
        return SyntaxFactory.Attribute(full.WithoutTrivia());
    }

    /// <summary>Inserts an attribute before another one, in the same list.</summary>
    public static SyntaxNode InsertBefore(SyntaxNode root, AttributeSyntax place, AttributeSyntax inserted)
    {
        var list = (AttributeListSyntax)place.Parent!;
        SyntaxNodeOrTokenList items = list.Attributes.GetWithSeparators();
        int at = items.IndexOf(place);
        items = items
            .Replace(items[at], place.WithoutLeadingTrivia())
            .InsertRange(at, [inserted.WithLeadingTrivia(place.GetLeadingTrivia()), Comma()]);
        return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
    }

    /// <summary>Removes an attribute, and its list where it is alone there.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes.Count == 1
            ? TriviaKeeper.RemoveList(root, list)
            : TriviaKeeper.RemoveItem(
                root,
                list,
                attribute,
                static list => list.Attributes,
                static (list, attributes) => list.WithAttributes(attributes));
    }

    /// <summary>Removes an argument, and the parentheses where they are empty then.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeArgumentSyntax argument)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        bool isAllOfIt = list.Arguments.Count == 1
            && list.Arguments.SeparatorCount == 0
            && !TriviaKeeper.IsSignificant(list.DescendantTrivia().Except(list.GetTrailingTrivia()));
        if (isAllOfIt && list.Parent is AttributeSyntax attribute)
        {
            SyntaxTriviaList trailing = attribute.GetTrailingTrivia();
            return root.ReplaceNode(attribute, attribute.WithArgumentList(null).WithTrailingTrivia(trailing));
        }

        return TriviaKeeper.RemoveItem(
            root, list, argument, list => list.Arguments, static (list, arguments) => list.WithArguments(arguments));
    }

    /// <summary>Removes the named arguments of an attribute that are among those named.</summary>
    public static SyntaxNode RemoveArguments(
        SyntaxNode root, AttributeSyntax attribute, Func<string, bool> isSuperfluous)
    {
        AttributeArgumentSyntax[] superfluous =
        [
            .. (attribute.ArgumentList?.Arguments ?? default).Where(argument =>
                NameOf(argument) is { } name && isSuperfluous(name)),
        ];
        SyntaxNode current = root.TrackNodes(superfluous);
        foreach (AttributeArgumentSyntax argument in superfluous)
        {
            SyntaxNode without = Remove(current, current.GetCurrentNode(argument)!);
            if (without == current)
            {
                return root;
            }

            current = without;
        }

        return current;
    }

    /// <summary>
    /// Adds an attribute after all others of a class: in a list of its own where each list has its line, else in the
    /// last.
    /// </summary>
    public static SyntaxNode Append(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        AttributeListSyntax last = type.AttributeLists.Last();
        if (!HasLines(type))
        {
            SyntaxNodeOrTokenList items = last.Attributes.GetWithSeparators();
            AttributeSyntax before = last.Attributes.Last();
            SyntaxTriviaList behind = before.GetTrailingTrivia();
            if (!items.Last().IsToken && behind.Any(SyntaxKind.EndOfLineTrivia))
            {
                // Each on a line of its own, with what stands behind the last one.
                AttributeSyntax added = attribute
                    .WithLeadingTrivia(Indentation(before.GetLeadingTrivia()))
                    .WithTrailingTrivia(behind.Last(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
                items = items.Replace(before, before.WithoutTrailingTrivia())
                    .AddRange([SyntaxFactory.Token(default, SyntaxKind.CommaToken, behind), added]);
            }
            else
            {
                items = items.Last().IsToken
                    ? items.Add(attribute.WithoutTrivia())
                    : items.AddRange([Comma(), attribute.WithoutTrivia()]);
            }

            return root.ReplaceNode(last, last.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
        }

        return root.InsertNodesAfter(last, [Line(attribute, last).WithLeadingTrivia(Indentation(last))]);
    }

    /// <summary>
    /// Adds an attribute before all others of a class: in a list of its own where each list has its line, else in the
    /// first.
    /// </summary>
    public static SyntaxNode Prepend(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        AttributeListSyntax first = type.AttributeLists[0];
        if (!HasLines(type))
        {
            return InsertBefore(root, first.Attributes[0], attribute);
        }

        AttributeListSyntax added = Line(attribute, first).WithLeadingTrivia(first.GetLeadingTrivia());
        return root.ReplaceNode(first, [added, first.WithLeadingTrivia(Indentation(first))]);
    }

    /// <summary>
    /// Moves an attribute that has its line to itself, with the comments above and behind it; null where it has none of
    /// them, or where it does not stand so.
    /// </summary>
    /// <param name="root">The file.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="place">The list that it is to stand beside.</param>
    /// <param name="isBefore">Whether it is to stand before that list.</param>
    public static SyntaxNode? MoveLine(
        SyntaxNode root, AttributeSyntax attribute, AttributeListSyntax place, bool isBefore)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var type = (TypeDeclarationSyntax)list.Parent!;
        SyntaxTriviaList leading = list.GetLeadingTrivia();
        int start = StartOfOwn(leading);
        SyntaxTriviaList own = [.. leading.Skip(start)];
        bool canMove = list.Attributes.Count == 1
            && list != place
            && HasLines(type)
            && list != type.AttributeLists[0]
            && place != type.AttributeLists[0]
            && TriviaKeeper.IsSignificant(own.Concat(list.GetTrailingTrivia()))
            && !type.AttributeLists.Any(other => other.DescendantTrivia().Any(trivia => trivia.IsDirective));
        if (!canMove)
        {
            return null;
        }

        SyntaxNode tracked = root.TrackNodes(list, place);
        SyntaxToken next = tracked.GetCurrentNode(list)!.GetLastToken().GetNextToken();
        SyntaxTriviaList kept = [.. leading.Take(start), .. next.LeadingTrivia];
        SyntaxNode without = tracked.ReplaceToken(next, next.WithLeadingTrivia(kept));
        without = without.RemoveNode(without.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        AttributeListSyntax beside = without.GetCurrentNode(place)!;
        AttributeListSyntax moved = list.WithLeadingTrivia(own);
        return isBefore ? without.InsertNodesBefore(beside, [moved]) : without.InsertNodesAfter(beside, [moved]);
    }

    /// <summary>
    /// The attribute that says how the names of ModelDsl are qualified in a class: its mark, or else any.
    /// </summary>
    public static AttributeSyntax Model(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes)
            .OrderByDescending(attribute => IsNamed(attribute, "Model") || IsNamed(attribute, "Block"))
            .First();

    // A line of its own, which ends as that of its neighbour does but for a comment.
    private static AttributeListSyntax Line(AttributeSyntax attribute, AttributeListSyntax like) =>
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithTrailingTrivia(like.GetTrailingTrivia().First(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    /// <summary>What stands between two attributes.</summary>
    public static SyntaxToken Comma() =>
        SyntaxFactory.Token(default, SyntaxKind.CommaToken, [SyntaxFactory.Space]);

    /// <summary>The name of an attribute, or what it is an alias of.</summary>
    public static NameSyntax FullName(AttributeSyntax attribute) =>
        attribute.Name is IdentifierNameSyntax alias && AliasedName(alias) is { } full ? full : attribute.Name;

    private static bool HasLines(TypeDeclarationSyntax type) =>
        type.AttributeLists.Count > 1
        && type.AttributeLists.All(list => list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));

    private static SyntaxTriviaList Indentation(AttributeListSyntax list) => Indentation(list.GetLeadingTrivia());

    private static SyntaxTriviaList Indentation(SyntaxTriviaList leading) =>
        [.. leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];

    // What stands above a list without a blank line between belongs to it.
    private static int StartOfOwn(SyntaxTriviaList leading)
    {
        int start = 0;
        bool isBlank = true;
        for (int i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                start = isBlank ? i + 1 : start;
                isBlank = true;
            }
            else
            {
                isBlank &= leading[i].IsKind(SyntaxKind.WhitespaceTrivia);
            }
        }

        return start;
    }

    // using D = ModelDsl.DenseAttribute;
    private static NameSyntax? AliasedName(IdentifierNameSyntax alias) =>
        alias.SyntaxTree?.GetRoot()
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
            .FirstOrDefault(directive => directive.Alias?.Name.Identifier.ValueText == alias.Identifier.ValueText)
            ?.Name;
}
