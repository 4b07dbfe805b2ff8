using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Makes a vector of what flows into a layer or loss that takes no other shape.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix)), Shared]
public sealed class InsertFlattenFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [DenseNeedsVector.Id, LossNeedsVector.Id, NormalizationNeedsVector.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Insert [Flatten]", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        AttributeEdits.Attribute(target) is { } attribute && properties.Values.Any(IsRemedy)
            ? AttributeEdits.InsertBefore(root, attribute, AttributeEdits.Create("Flatten", attribute))
            : root;

    // The last argument of the rules' messages says what to do.
    private static bool IsRemedy(string? text) => text?.Contains("[Flatten] before it") == true;
}
