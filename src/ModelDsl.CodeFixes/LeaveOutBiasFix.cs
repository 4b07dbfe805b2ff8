using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Takes a bias without effect from its layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LeaveOutBiasFix)), Shared]
public sealed class LeaveOutBiasFix : CodeFixProvider
{
    private static readonly string[] Superfluous = ["UseBias", "BiasInitializer", "BiasConstant"];

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [BiasBeforeBatchNorm.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Leave out the bias", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        // Within a block the reported attribute is the one that uses it: there is no bias to leave out.
        if (target is not AttributeSyntax { ArgumentList: { } list } attribute || AttributeEdits.HasTypeArguments(attribute))
        {
            return root;
        }

        AttributeArgumentSyntax[] superfluous =
            [.. list.Arguments.Where(argument => Superfluous.Contains(argument.NameEquals?.Name.Identifier.ValueText))];
        AttributeArgumentListSyntax kept = list.RemoveNodes(superfluous, SyntaxRemoveOptions.KeepNoTrivia)!;
        return root.ReplaceNode(list, AttributeEdits.Append(kept, "UseBias = false"));
    }
}
