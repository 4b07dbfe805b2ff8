using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Writes the arguments of an attribute in the order that ModelDsl takes them in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReorderArgumentsFix)), Shared]
public sealed class ReorderArgumentsFix : CodeFixProvider
{
    // Where the corrected attribute stands among the arguments of the rule's message.
    private static readonly ImmutableDictionary<string, string> Corrected = ImmutableDictionary<string, string>.Empty
        .Add(ChannelsFirst.Id, "4").Add(InputsBeforeOutputs.Id, "4").Add(EmbeddingSwapped.Id, "3");

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ChannelsFirst.Id, InputsBeforeOutputs.Id, EmbeddingSwapped.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(key => RepairOf(Corrected[key!]));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(
            context, "Reorder the arguments", RepairOf(Corrected[context.Diagnostics[0].Id]), context.Diagnostics[0].Id);

    private static Repair RepairOf(string number) => (root, target, _, properties) =>
    {
        // In a block, what is reported may be the layer that uses it.
        if (AttributeEdits.Attribute(target) is not { ArgumentList: { } written } attribute
            || !properties.TryGetValue(number, out string? corrected)
            || corrected is null
            || !AttributeEdits.IsNamed(attribute, corrected.Substring(0, corrected.IndexOf('(')))
            || written.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            || written.Arguments.Any(argument => argument.NameColon is not null))
        {
            return root;
        }

        AttributeArgumentSyntax[] ordered =
        [
            .. SyntaxFactory.ParseAttributeArgumentList(corrected.Substring(corrected.IndexOf('(')))!.Arguments
                .Where(argument => argument.NameEquals is null)
                .Select(argument => argument.WithoutTrivia()),
            .. written.Arguments.Where(argument => argument.NameEquals is not null).Select(argument => argument.WithoutTrivia()),
        ];
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return root.ReplaceNode(
            written,
            written.WithArguments(SyntaxFactory.SeparatedList(ordered, Enumerable.Repeat(comma, ordered.Length - 1))));
    };
}
