using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Removes one of two statements about the same padding, which the user chooses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOnePaddingFix)), Shared]
public sealed class KeepOnePaddingFix : CodeFixProvider
{
    private const string Same = "same";
    private const string Number = "number";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [PaddingGivenTwice.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => RepairOf(key!));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        await SyntaxRepair.OfferAsync(context, "Keep Padding.Same", RepairOf(Same), Same).ConfigureAwait(false);
        await SyntaxRepair.OfferAsync(context, "Keep the number", RepairOf(Number), Number).ConfigureAwait(false);
    }

    private static Repair RepairOf(string kept) => (root, target, _, _) =>
    {
        if (target.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent: AttributeArgumentListSyntax list } number)
        {
            return root;
        }

        AttributeArgumentSyntax? removed = kept == Same
            ? number
            : list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Padding");
        return removed is null ? root : AttributeEdits.Remove(root, removed);
    };
}
