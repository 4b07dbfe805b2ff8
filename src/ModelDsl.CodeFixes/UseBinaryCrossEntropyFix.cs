using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Takes the loss that one output is for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseBinaryCrossEntropyFix)), Shared]
public sealed class UseBinaryCrossEntropyFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [CrossEntropyNeedsClasses.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Use [BinaryCrossEntropy]", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        AttributeEdits.Attribute(target) is { } attribute
            ? root.ReplaceNode(attribute.Name, AttributeEdits.Create("BinaryCrossEntropy", attribute).Name.WithTriviaFrom(attribute.Name))
            : root;
}
