using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Says of a divergence what the layer before it gives: probabilities, or their logarithms.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SayFromProbabilitiesFix)), Shared]
public sealed class SayFromProbabilitiesFix : CodeFixProvider
{
    private const string Option = "FromProbabilities";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [DivergenceOfTheOther.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Take what the layer before gives", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target.FirstAncestorOrSelf<AttributeSyntax>() is not { } divergence)
        {
            return root;
        }

        if (divergence.ArgumentList?.Arguments.FirstOrDefault(IsOption) is { } said)
        {
            // The logarithms are what it takes by itself.
            return AttributeEdits.Remove(root, said);
        }

        return AttributeEdits.Append(root, divergence, $"{Option} = true");
    }

    private static bool IsOption(AttributeArgumentSyntax argument) => argument.NameEquals?.Name.Identifier.ValueText == Option;
}
