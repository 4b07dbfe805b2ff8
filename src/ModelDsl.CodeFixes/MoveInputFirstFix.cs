using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Moves the input before the first layer, or removes one that repeats it word for word.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveInputFirstFix)), Shared]
public sealed class MoveInputFirstFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [InputMustComeFirst.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Let the input come first, once", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (AttributeEdits.Attribute(target) is not { } input || AttributeEdits.Attribute(origin) is not { } first || input == first)
        {
            return root;
        }

        if (first.IsEquivalentTo(input, topLevel: false))
        {
            return AttributeEdits.Remove(root, input);
        }

        // Of two different inputs only the user knows which one is right.
        if (AttributeEdits.IsNamed(first, "Input"))
        {
            return root;
        }

        // What a directive divides cannot be moved.
        if (TriviaKeeper.HasDirectivesWithin(input))
        {
            return root;
        }

        var firstList = (AttributeListSyntax)first.Parent!;
        if (firstList.Attributes[0] == first
            && AttributeEdits.MoveLine(root, input, firstList, isBefore: true) is { } moved)
        {
            return moved;
        }

        SyntaxNode followed = root.TrackNodes(input, first);
        SyntaxNode inserted = AttributeEdits.InsertBefore(followed, followed.GetCurrentNode(first)!, input.WithoutTrivia());
        return AttributeEdits.Remove(inserted, inserted.GetCurrentNode(input)!);
    }
}
