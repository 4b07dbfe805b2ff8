using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Moves the loss behind the layers that stand after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveLossLastFix)), Shared]
public sealed class MoveLossLastFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [LayerAfterLoss.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Move the loss to the end", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (AttributeEdits.Attribute(origin) is not { } loss || loss.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return root;
        }

        AttributeSyntax last = type.AttributeLists.Last().Attributes.Last();
        if (last == loss || TriviaKeeper.HasDirectivesWithin(loss))
        {
            return root;
        }

        if (AttributeEdits.MoveLine(root, loss, type.AttributeLists.Last(), isBefore: false) is { } moved)
        {
            return moved;
        }

        SyntaxNode followed = root.TrackNodes(loss, type);
        SyntaxNode appended = AttributeEdits.Append(followed, followed.GetCurrentNode(type)!, loss);
        return AttributeEdits.Remove(appended, appended.GetCurrentNode(loss)!);
    }
}
