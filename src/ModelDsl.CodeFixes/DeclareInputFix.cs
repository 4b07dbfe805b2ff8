using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Says of an input what the layer behind it takes: tokens, or a sequence.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareInputFix)), Shared]
public sealed class DeclareInputFix : CodeFixProvider
{
    private const string Tokens = "tokens";
    private const string Sequence = "sequence";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [EmbeddingNeedsTokens.Id, LayerNeedsSequence.Id, ImageExpected.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => key == Tokens ? ToTokens : ToSequence);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        context.Diagnostics[0].Id == EmbeddingNeedsTokens.Id
            ? SyntaxRepair.OfferAsync(context, "Declare the input as tokens", ToTokens, Tokens)
            : SyntaxRepair.OfferAsync(context, "Declare the input as a sequence", ToSequence, Sequence);

    // Tokens have one dimension, sequences two: another input would have to be guessed.
    private static SyntaxNode ToTokens(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        Declare(root, origin, dimensions: 1, "Type", "ElementType.Token");

    private static SyntaxNode ToSequence(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        IsRemedy(properties) ? Declare(root, origin, dimensions: 2, "Sequence", "true") : root;

    // A layer of images may take a sequence as well, which its message says then.
    private static bool IsRemedy(ImmutableDictionary<string, string?> properties) =>
        properties.Values.Any(text => text?.StartsWith("declare it as [Input(", StringComparison.Ordinal) == true);

    private static SyntaxNode Declare(SyntaxNode root, SyntaxNode? origin, int dimensions, string name, string value)
    {
        if (origin is not AttributeSyntax { ArgumentList: { } list } input
            || !AttributeEdits.IsNamed(input, "Input")
            || list.Arguments.Count != dimensions
            || list.Arguments.Any(argument => argument.NameEquals is not null || argument.NameColon is not null))
        {
            return root;
        }

        string qualifier = value.Contains('.')
            ? AttributeEdits.Create("", input).Name switch
            {
                QualifiedNameSyntax qualified => $"{qualified.Left}.",
                AliasQualifiedNameSyntax alias => $"{alias.Alias}::",
                _ => "",
            }
            : "";
        return AttributeEdits.Append(root, input, $"{name} = {qualifier}{value}");
    }
}
