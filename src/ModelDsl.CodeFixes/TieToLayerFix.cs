using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Ties a layer to an earlier one whose weight fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TieToLayerFix)), Shared]
public sealed class TieToLayerFix : CodeFixProvider
{
    // More layers than this are not offered one by one.
    private const int MostLayers = 8;

    /// <summary>Where the names of the layers that fit stand among the arguments of the rule's message.</summary>
    private const string Candidates = "3";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [TiedLayerUnknown.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() =>
        SyntaxRepair.FixAll(key => RepairOf(int.Parse(key!, CultureInfo.InvariantCulture)));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        string[] names = [.. context.Diagnostics.SelectMany(diagnostic => Names(diagnostic.Properties)).Distinct().Take(MostLayers)];
        for (int i = 0; i < names.Length; i++)
        {
            await SyntaxRepair.OfferAsync(
                context, $"Tie to '{names[i]}'", RepairOf(i), i.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }
    }

    private static Repair RepairOf(int number) => (root, target, _, properties) =>
        target is LiteralExpressionSyntax literal && Names(properties) is { } names && number < names.Length
            ? root.ReplaceNode(
                literal,
                SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(names[number]))
                    .WithTriviaFrom(literal))
            : root;

    private static string[] Names(ImmutableDictionary<string, string?> properties) =>
        properties.TryGetValue(Candidates, out string? text) && text is not null && text != "none"
            ? text.Split([", "], StringSplitOptions.None)
            : [];
}
