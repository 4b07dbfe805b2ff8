using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Makes an image of one channel of what flows into a layer of images.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertReshapeFix)), Shared]
public sealed class InsertReshapeFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ImageExpected.Id];

    /// <summary>Where the remedy stands among the arguments of the rule's message.</summary>
    private const string Remedy = "3";

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Insert the [Reshape] that makes an image", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (AttributeEdits.Attribute(target) is not { } attribute
            || !properties.TryGetValue(Remedy, out string? remedy)
            || Dimensions.Match(remedy ?? "") is not { Success: true } match)
        {
            return root;
        }

        AttributeArgumentListSyntax dimensions = SyntaxFactory.ParseAttributeArgumentList(match.Groups[1].Value)!;
        return AttributeEdits.InsertBefore(root, attribute, AttributeEdits.Create("Reshape", attribute).WithArgumentList(dimensions));
    }

    private static Regex Dimensions { get; } = new(@"^add \[Reshape(\([0-9, ]+\))\] before it$", RegexOptions.CultureInvariant);
}
