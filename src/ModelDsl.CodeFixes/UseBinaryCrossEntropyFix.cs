using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Takes the loss that one output is for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseBinaryCrossEntropyFix)), Shared]
public sealed class UseBinaryCrossEntropyFix : CodeFixProvider
{
    // What both losses take; of the rest one output has no use.
    private static readonly string[] Common = ["Weight", "Name"];

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [CrossEntropyNeedsClasses.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Use [BinaryCrossEntropy]", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        AttributeEdits.Attribute(target) is { } attribute ? Replace(root, attribute) : root;

    private static SyntaxNode Replace(SyntaxNode root, AttributeSyntax attribute)
    {
        NameSyntax name = AttributeEdits.Create("BinaryCrossEntropy", attribute).Name;
        SyntaxNode tracked = root.TrackNodes(attribute);
        SyntaxNode kept = AttributeEdits.RemoveArguments(tracked, tracked.GetCurrentNode(attribute)!, argument => !Common.Contains(argument));
        AttributeSyntax current = kept.GetCurrentNode(attribute)!;
        return current.ArgumentList?.Arguments.All(argument => Common.Contains(argument.NameEquals?.Name.Identifier.ValueText)) == false
            ? root
            : kept.ReplaceNode(current.Name, name.WithTriviaFrom(current.Name));
    }
}
