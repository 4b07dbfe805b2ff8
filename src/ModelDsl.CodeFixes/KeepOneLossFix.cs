using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Removes one of two losses, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOneLossFix)), Shared]
public sealed class KeepOneLossFix : CodeFixProvider
{
    private const string First = "first";
    private const string Second = "second";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [SecondLoss.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => RepairOf(key!));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        await SyntaxRepair.OfferAsync(context, "Keep the first loss", RepairOf(First), First).ConfigureAwait(false);
        await SyntaxRepair.OfferAsync(context, "Keep the second loss", RepairOf(Second), Second).ConfigureAwait(false);
    }

    private static Repair RepairOf(string kept) => (root, target, origin, _) =>
        AttributeEdits.Attribute(kept == First ? target : origin) is AttributeSyntax { Parent: AttributeListSyntax } superfluous
            ? AttributeEdits.Remove(root, superfluous)
            : root;
}
