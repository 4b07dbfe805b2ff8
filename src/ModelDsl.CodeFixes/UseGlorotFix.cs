using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Takes the variance that fits an activation that saturates.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseGlorotFix)), Shared]
public sealed class UseGlorotFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [HeBeforeSaturation.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Use the initialiser of Glorot", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target is not ExpressionSyntax expression || expression.GetLastToken() is not { RawKind: (int)SyntaxKind.IdentifierToken } name
            || !name.Text.StartsWith("He", StringComparison.Ordinal))
        {
            return root;
        }

        SyntaxToken glorot = SyntaxFactory.Identifier("Glorot" + name.Text.Substring(2)).WithTriviaFrom(name);
        return root.ReplaceNode(expression, expression.ReplaceToken(name, glorot));
    }
}
