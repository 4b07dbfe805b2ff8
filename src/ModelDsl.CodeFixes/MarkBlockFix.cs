using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Marks a class of layers that is used as a block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkBlockFix)), Shared]
public sealed class MarkBlockFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [TypeIsNotBlock.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Mark the class with [Block]", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        // A class without layers, or a model, is not meant as a block.
        if (origin is not ClassDeclarationSyntax { AttributeLists.Count: > 0 } type || type.AttributeLists.SelectMany(list => list.Attributes).Any(IsMark))
        {
            return root;
        }

        return AttributeEdits.Prepend(root, type, AttributeEdits.Create("Block", AttributeEdits.Model(type)));
    }

    private static bool IsMark(AttributeSyntax attribute) =>
        AttributeEdits.IsNamed(attribute, "Model") || AttributeEdits.IsNamed(attribute, "Block");
}
