namespace ModelDsl.CodeFixes;

/// <summary>Lets a constructor of the user's call the generated one, which takes the model's memory.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallGeneratedConstructorFix)), Shared]
public sealed class CallGeneratedConstructorFix()
    : SyntaxFix("Call the generated constructor", Edit, ConstructorMustChain.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target is not ConstructorDeclarationSyntax
            { Initializer: null or { ArgumentList.Arguments.Count: 0 } } constructor)
        {
            return root;
        }

        ConstructorInitializerSyntax initializer = SyntaxFactory
            .ConstructorInitializer(SyntaxKind.ThisConstructorInitializer)
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        if (constructor.Initializer is { } present)
        {
            SyntaxToken @this = SyntaxFactory.Token(SyntaxKind.ThisKeyword).WithTriviaFrom(present.ThisOrBaseKeyword);
            return root.ReplaceNode(
                present,
                SyntaxFactory.ConstructorInitializer(
                    SyntaxKind.ThisConstructorInitializer, present.ColonToken, @this, present.ArgumentList));
        }

        ParameterListSyntax parameters = constructor.ParameterList;
        return root.ReplaceNode(
            constructor,
            constructor
                .WithParameterList(parameters.WithTrailingTrivia(SyntaxFactory.Space))
                .WithInitializer(initializer.WithTrailingTrivia(parameters.GetTrailingTrivia())));
    }
}

/// <summary>Makes an ordinary constructor of a primary one: its parameters become fields of the same names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PrimaryConstructorFix)), Shared]
public sealed class PrimaryConstructorFix()
    : SyntaxFix("Make an ordinary constructor", Edit, ModelHasPrimaryConstructor.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { ParameterList: { } parameters } type
            || parameters.Parameters.Any(parameter => parameter.Modifiers.Count > 0 || parameter.Type is null)
            || UsesInInitializers(type, parameters)
            || TriviaKeeper.IsSignificant(parameters.DescendantTrivia().Except(parameters.GetTrailingTrivia()))
            || root.ContainsDiagnostics)
        {
            return root;
        }

        SyntaxTrivia end = type.DescendantTrivia().Concat(root.DescendantTrivia())
            .FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is
        { RawKind: not 0 } written
                ? written
                : SyntaxFactory.LineFeed;
        ClassDeclarationSyntax without = type
            .WithIdentifier(type.Identifier.WithTrailingTrivia(parameters.GetTrailingTrivia()))
            .WithParameterList(null);
        if (parameters.Parameters.Count == 0)
        {
            return root.ReplaceNode(type, without);
        }

        string outer = string.Concat(type.GetFirstToken().LeadingTrivia.Reverse()
            .TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        string inner = outer + "    ";
        if (without.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            without = without
                .WithSemicolonToken(default)
                .WithIdentifier(without.Identifier.WithTrailingTrivia(end))
                .WithOpenBraceToken(SyntaxFactory.Token(
                    [SyntaxFactory.Whitespace(outer)], SyntaxKind.OpenBraceToken, [end]))
                .WithCloseBraceToken(SyntaxFactory.Token(
                    [SyntaxFactory.Whitespace(outer)], SyntaxKind.CloseBraceToken, type.SemicolonToken.TrailingTrivia));
        }
        else if (!without.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            // What stands on the line of the brace goes to the next one.
            SyntaxToken next = without.OpenBraceToken.GetNextToken();
            SyntaxTrivia indentation = SyntaxFactory.Whitespace(next == without.CloseBraceToken ? outer : inner);
            without = without.ReplaceToken(next, next.WithLeadingTrivia(next.LeadingTrivia.Insert(0, indentation)));
            without = without.WithOpenBraceToken(without.OpenBraceToken.WithTrailingTrivia(end));
        }

        string fields = string.Concat(parameters.Parameters.Select(parameter =>
        {
            string modifier = IsAssigned(type, parameter) ? "" : "readonly ";
            return $"{inner}private {modifier}{parameter.Type!.WithoutTrivia()} {parameter.Identifier.Text};\n";
        }));
        string assignments = string.Concat(parameters.Parameters.Select(parameter =>
            $"{inner}    this.{parameter.Identifier.Text} = {parameter.Identifier.Text};\n"));
        string signature = $"public {type.Identifier.Text}{parameters.WithoutTrivia()} : this()";
        string constructor = $"{inner}{signature}\n{inner}{{\n{assignments}{inner}}}\n";
        string text = $"class C\n{{\n{fields}\n{constructor}}}\n";
        SyntaxList<MemberDeclarationSyntax> added =
            ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text.Replace("\n", end.ToString()))!).Members;
        if (without.Members.Count > 0)
        {
            without = without.ReplaceNode(
                without.Members[0],
                without.Members[0].WithLeadingTrivia(without.Members[0].GetLeadingTrivia().Insert(0, end)));
        }

        return root.ReplaceNode(type, without.WithMembers(without.Members.InsertRange(0, added)));
    }

    // A field's initializer runs before the constructor: it cannot see the new fields.
    private static bool UsesInInitializers(ClassDeclarationSyntax type, ParameterListSyntax parameters) =>
        type.Members
            .Where(member => member is BaseFieldDeclarationSyntax)
            .Concat<SyntaxNode>(
                type.Members.SelectMany(member => member.ChildNodes().OfType<EqualsValueClauseSyntax>()))
            .Concat(type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>() ?? [])
            .SelectMany(node => node.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Any(name => parameters.Parameters.Any(
                parameter => parameter.Identifier.ValueText == name.Identifier.ValueText));

    private static bool IsAssigned(ClassDeclarationSyntax type, ParameterSyntax parameter) =>
        type.Members.SelectMany(member => member.DescendantNodes()).Any(node =>
            Written(node) is IdentifierNameSyntax name && name.Identifier.ValueText == parameter.Identifier.ValueText);

    private static ExpressionSyntax? Written(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PrefixUnaryExpressionSyntax unary => unary.Operand,
        PostfixUnaryExpressionSyntax unary => unary.Operand,
        ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
        _ => null,
    };
}
