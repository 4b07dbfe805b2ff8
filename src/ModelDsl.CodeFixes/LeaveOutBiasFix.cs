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
        if (target is not AttributeSyntax attribute)
        {
            return root;
        }

        SyntaxNode tracked = root.TrackNodes(attribute);
        SyntaxNode kept = AttributeEdits.RemoveArguments(tracked, tracked.GetCurrentNode(attribute)!, Superfluous.Contains);
        AttributeSyntax current = kept.GetCurrentNode(attribute)!;
        bool isKept = current.ArgumentList?.Arguments.Any(argument => Superfluous.Contains(argument.NameEquals?.Name.Identifier.ValueText)) == true;
        return isKept ? root : AttributeEdits.Append(kept, current, "UseBias = false");
    }
}
