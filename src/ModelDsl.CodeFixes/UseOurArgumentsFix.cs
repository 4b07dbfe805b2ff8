using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.CodeFixes;

/// <summary>Writes arguments that PyTorch or Keras take as they are written here.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOurArgumentsFix)), Shared]
public sealed class UseOurArgumentsFix() : SyntaxFix(FindAsync, ArgumentsOfAnother.Id, WrongCount, WrongName)
{
    private const string WrongCount = "CS1729";
    private const string WrongName = "CS1739";

    // What the C# compiler says may be about anything.
    private static async Task<IEnumerable<Repair>> FindAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        diagnostic.Id == ArgumentsOfAnother.Id
        || await IsOursAsync(document, diagnostic.Location.SourceSpan, cancellation).ConfigureAwait(false)
            ? [new Repair("Write the arguments as ModelDsl takes them", Edit)]
            : [];

    private static async Task<bool> IsOursAsync(Document document, TextSpan place, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } semantics
        && await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
        && AttributeEdits.Attribute(root.FindNode(place, getInnermostNodeForTie: true)) is { } attribute
        && semantics.GetTypeInfo(attribute, cancellation).Type is { ContainingNamespace: { } space }
        && space.ToDisplayString() == "ModelDsl";

    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Attribute is { Parent: AttributeListSyntax } attribute
        && ForeignArguments.Of(attribute, AttributeEdits.Kind(attribute)) is { } foreign
            ? Replace(root, attribute, foreign)
            : root;

    /// <summary>
    /// An attribute with the arguments that were meant, and behind it the activation that was among them.
    /// </summary>
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
}
