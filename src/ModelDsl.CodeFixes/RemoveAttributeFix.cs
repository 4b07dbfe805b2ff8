using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Removes a layer that does nothing, or harm, where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix)), Shared]
public sealed class RemoveAttributeFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [LossAppliesActivation.Id, DropoutBeforeLoss.Id, LogitsAreLimited.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Remove the layer", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        AttributeEdits.Attribute(target) is { } attribute ? AttributeEdits.Remove(root, attribute) : root;
}
