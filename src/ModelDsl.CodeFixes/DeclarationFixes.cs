namespace ModelDsl.CodeFixes;

/// <summary>Declares a model, or a type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix()
    : SyntaxFix("Make partial", Edit, ModelMustBePartial.Id, ContainingTypeMustBePartial.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Target is TypeDeclarationSyntax type && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
            ? root.ReplaceNode(type, WithPartial(type))
            : root;

    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
        {
            return (TypeDeclarationSyntax)type.AddModifiers(partial);
        }

        // "partial" stands before the keyword, and takes over what stands before it.
        SyntaxToken keyword = type.Keyword;
        return type
            .WithKeyword(keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}

/// <summary>Opens a file-local model to the generated half.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternalFix)), Shared]
public sealed class MakeInternalFix() : SyntaxFix("Make internal", Edit, ModelIsFileLocal.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        TypeDeclarationSyntax? local = place.Target.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(type => type.Modifiers.Any(SyntaxKind.FileKeyword));
        if (local is null)
        {
            return root;
        }

        SyntaxToken file = local.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.FileKeyword));
        return root.ReplaceToken(file, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(file));
    }
}

/// <summary>Makes an ordinary class of a record, a struct, a static or an abstract class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeClassFix)), Shared]
public sealed class MakeClassFix() : SyntaxFix("Make an ordinary class", Edit, ModelMustBeClass.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        // The parameters of a record declare properties: what becomes of them is not for us to say.
        if (place.Target is not TypeDeclarationSyntax { ParameterList: null } type)
        {
            return root;
        }

        // Comments and directives among the modifiers may be about those that go.
        SyntaxToken first = FirstAfterAttributes(type);
        IEnumerable<SyntaxToken> header = type.Modifiers.Append(type.Keyword)
            .Concat(type is RecordDeclarationSyntax record ? [record.ClassOrStructKeyword] : []);
        if (TriviaKeeper.IsSignificant(header.SelectMany(token => token.GetAllTrivia()).Except(first.LeadingTrivia)))
        {
            return root;
        }

        SyntaxTokenList modifiers = [.. type.Modifiers.Where(modifier => !IsUnsuitable(modifier))];
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.ClassKeyword)
            .WithTrailingTrivia(SyntaxFactory.Space);
        keyword = keyword.WithLeadingTrivia(modifiers.Count == 0 ? first.LeadingTrivia : default);
        if (modifiers.Count > 0)
        {
            modifiers = modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia(first.LeadingTrivia));
        }

        ClassDeclarationSyntax made = SyntaxFactory.ClassDeclaration(
            type.AttributeLists,
            modifiers,
            keyword,
            type.Identifier,
            type.TypeParameterList,
            type.BaseList,
            type.ConstraintClauses,
            type.OpenBraceToken,
            type.Members,
            type.CloseBraceToken,
            type.SemicolonToken);
        return root.ReplaceNode(type, made);
    }

    private static bool IsUnsuitable(SyntaxToken modifier) => modifier.Kind() is
        SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.RefKeyword;

    private static SyntaxToken FirstAfterAttributes(TypeDeclarationSyntax type) =>
        type.Modifiers.Count > 0 ? type.Modifiers[0] : type.Keyword;
}
