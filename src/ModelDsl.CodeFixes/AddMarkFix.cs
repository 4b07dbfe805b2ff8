using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Marks a class that has layers as a model or as a block, as the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddMarkFix)), Shared]
public sealed class AddMarkFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [LayerWithoutModel.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => RepairOf(key!));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (string mark in (string[])["Model", "Block"])
        {
            await SyntaxRepair.OfferAsync(context, $"Mark the class with [{mark}]", RepairOf(mark), mark).ConfigureAwait(false);
        }
    }

    private static Repair RepairOf(string mark) => (root, target, _, _) =>
    {
        if (AttributeEdits.Attribute(target) is not { } layer
            || layer.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax type
            || IsMarked(type, mark))
        {
            return root;
        }

        return AttributeEdits.Prepend(root, type, AttributeEdits.Create(mark, layer));
    };

    // Another diagnostic of the same class may have marked it already.
    private static bool IsMarked(ClassDeclarationSyntax type, string mark) =>
        type.AttributeLists[0].Attributes[0].Name.ToString().Split('.').Last() == mark;
}
