using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Writes Keras' momentum, the share of the past, as the share of the batch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConvertMomentumFix)), Shared]
public sealed class ConvertMomentumFix : CodeFixProvider
{
    /// <summary>Where the share of the batch stands among the arguments of the rule's message.</summary>
    private const string Share = "1";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [MomentumOfKeras.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Write it as the share of the batch", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target is not LiteralExpressionSyntax literal || !properties.TryGetValue(Share, out string? share) || share is null)
        {
            return root;
        }

        string suffix = literal.Token.Text.EndsWith("f", StringComparison.OrdinalIgnoreCase) ? "f" : "";
        ExpressionSyntax converted = SyntaxFactory.ParseExpression(share + suffix).WithTriviaFrom(literal);
        return root.ReplaceNode(literal, converted);
    }
}
