using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Makes an ordinary class of a record, a struct, a static or an abstract class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeClassFix)), Shared]
public sealed class MakeClassFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ModelMustBeClass.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Make an ordinary class", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        // The parameters of a record declare properties: what becomes of them is not for us to say.
        if (target is not TypeDeclarationSyntax { ParameterList: null } type)
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
        keyword = keyword.WithLeadingTrivia(modifiers.Count == 0 ? FirstAfterAttributes(type).LeadingTrivia : default);
        if (modifiers.Count > 0)
        {
            modifiers = modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia(FirstAfterAttributes(type).LeadingTrivia));
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
