using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Writes arguments that PyTorch or Keras take as they are written here.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOurArgumentsFix)), Shared]
public sealed class UseOurArgumentsFix : CodeFixProvider
{
    private const string Title = "Write the arguments as ModelDsl takes them";
    private const string WrongCount = "CS1729";
    private const string WrongName = "CS1739";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ArgumentsOfAnother.Id, WrongCount, WrongName];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // What the C# compiler says may be about anything.
        if (context.Diagnostics[0].Id == ArgumentsOfAnother.Id || await IsOursAsync(context).ConfigureAwait(false))
        {
            await SyntaxRepair.OfferAsync(context, Title, Repair).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsOursAsync(CodeFixContext context)
    {
        CancellationToken cancellation = context.CancellationToken;
        return await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } semantics
            && await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
            && AttributeEdits.Attribute(root.FindNode(context.Span, getInnermostNodeForTie: true)) is { } attribute
            && semantics.GetTypeInfo(attribute, cancellation).Type is { ContainingNamespace: { } space }
            && space.ToDisplayString() == "ModelDsl";
    }

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties) =>
        AttributeEdits.Attribute(target) is { Parent: AttributeListSyntax } attribute
        && ForeignArguments.Of(attribute, KindOf(attribute)) is { } foreign
            ? Replace(root, attribute, foreign)
            : root;

    /// <summary>An attribute with the arguments that were meant, and behind it the activation that was among them.</summary>
    internal static SyntaxNode Replace(SyntaxNode root, AttributeSyntax attribute, ForeignArguments foreign)
    {
        AttributeArgumentListSyntax written = attribute.ArgumentList!;
        if (TriviaKeeper.IsSignificant(written.DescendantTrivia().Except(written.GetTrailingTrivia())))
        {
            return root;
        }

        AttributeSyntax replaced = foreign.Arguments.Length == 0
            ? attribute.WithArgumentList(null)
            : attribute.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList(foreign.Arguments)!);
        AttributeSyntax[] inserted = foreign.Activation is { } activation
            ? [replaced.WithoutTrailingTrivia(), AttributeEdits.Create(activation, attribute)]
            : [replaced];
        inserted[inserted.Length - 1] = inserted[inserted.Length - 1].WithTrailingTrivia(attribute.GetTrailingTrivia());
        var list = (AttributeListSyntax)attribute.Parent!;
        SyntaxNodeOrTokenList items = list.Attributes.GetWithSeparators();
        int at = items.IndexOf(attribute);
        items = items.RemoveAt(at).Insert(at, inserted[0]);
        if (inserted.Length > 1)
        {
            items = items.InsertRange(at + 1, [AttributeEdits.Comma(), inserted[1]]);
        }

        return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
    }

    /// <summary>The name of an attribute, without what qualifies it and without the suffix.</summary>
    internal static string KindOf(AttributeSyntax attribute)
    {
        const string suffix = "Attribute";
        string name = AttributeEdits.FullName(attribute).GetLastToken().ValueText;
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }
}
