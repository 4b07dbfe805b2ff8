using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Ends a model with one of the losses, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddLossFix)), Shared]
public sealed class AddLossFix : CodeFixProvider
{
    private static readonly string[] Losses = ["SoftmaxCrossEntropy", "MeanSquaredError", "BinaryCrossEntropy", "Hinge"];

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ModelNeedsLoss.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => RepairOf(key!));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (string loss in Losses)
        {
            await SyntaxRepair.OfferAsync(context, $"Add [{loss}]", RepairOf(loss), loss).ConfigureAwait(false);
        }
    }

    private static Repair RepairOf(string loss) => (root, target, _, _) =>
        target is TypeDeclarationSyntax { AttributeLists.Count: > 0 } type
            ? AttributeEdits.Append(root, type, AttributeEdits.Create(loss, AttributeEdits.Model(type)))
            : root;
}
