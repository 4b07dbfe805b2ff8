using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Removes an argument whose default is what the model needs, or that has no effect where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveArgumentFix)), Shared]
public sealed class RemoveArgumentFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [SequenceWasReduced.Id, TooManyStepsToUnroll.Id, TiedWeightIsInitialized.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Remove the argument", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        // What was reduced to its last step is the origin's doing; elsewhere it is the argument itself.
        AttributeArgumentSyntax? argument = target.FirstAncestorOrSelf<AttributeArgumentSyntax>()
            ?? AttributeEdits.Attribute(origin)?.ArgumentList?.Arguments.FirstOrDefault(
                candidate => candidate.NameEquals?.Name.Identifier.ValueText == "ReturnSequences");
        return argument is null ? root : AttributeEdits.Remove(root, argument);
    }
}
