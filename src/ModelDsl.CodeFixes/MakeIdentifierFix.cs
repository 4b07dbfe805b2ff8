using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Makes an identifier of a layer's name: what cannot stand in one becomes an underscore.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeIdentifierFix)), Shared]
public sealed class MakeIdentifierFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [InvalidLayerName.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Make the name an identifier", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target is not LiteralExpressionSyntax { Token.Value: string name } literal || ToIdentifier(name) is not { } identifier)
        {
            return root;
        }

        return root.ReplaceNode(
            literal,
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(identifier)).WithTriviaFrom(literal));
    }

    private static string? ToIdentifier(string name)
    {
        string text = new([.. name.Select(letter => SyntaxFacts.IsIdentifierPartCharacter(letter) ? letter : '_')]);
        if (!text.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        return SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? text : "_" + text;
    }
}
