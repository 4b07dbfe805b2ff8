using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.CodeFixes;

/// <summary>Replaces a layer's name of another library, or a misspelt one, which the C# compiler does not find.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOurNameFix)), Shared]
public sealed class UseOurNameFix : CodeFixProvider
{
    private const string Suffix = "Attribute";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["CS0246"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        CancellationToken cancellation = context.CancellationToken;
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || root.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || !attribute.Name.Span.Contains(context.Span)
            || attribute.Name is GenericNameSyntax
            || attribute.Parent?.Parent is not TypeDeclarationSyntax type
            || semantics.Compilation.GetTypeByMetadataName("ModelDsl.LayerAttribute") is not { } layerAttribute
            || !HasOurs(type, attribute, semantics, cancellation))
        {
            return;
        }

        IEnumerable<string> ours = layerAttribute.ContainingNamespace.GetTypeMembers()
            .Where(candidate => candidate is { IsAbstract: false, IsGenericType: false } && IsLayer(candidate, layerAttribute))
            .Select(candidate => candidate.Name.Substring(0, candidate.Name.Length - Suffix.Length));
        string written = attribute.Name.GetLastToken().ValueText;
        if (OtherNames.Find(written, ours) is not { } found)
        {
            return;
        }

        AttributeSyntax replaced = Rename(attribute, found.Name, found.Count, found.SkipsInputs);
        string title = $"Use [{replaced.WithoutTrivia().ToString()}]";
        context.RegisterCodeFix(
            CodeAction.Create(
                title, _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(attribute, replaced))), nameof(UseOurNameFix)),
            context.Diagnostics);
    }

    private static bool IsLayer(INamedTypeSymbol type, INamedTypeSymbol layer)
    {
        INamedTypeSymbol? current = type;
        while (current is not null && !SymbolEqualityComparer.Default.Equals(current, layer))
        {
            current = current.BaseType;
        }

        return current is not null;
    }

    // Elsewhere the name may be anything.
    private static bool HasOurs(
        TypeDeclarationSyntax type, AttributeSyntax unknown, SemanticModel semantics, CancellationToken cancellation) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute =>
            attribute != unknown
            && semantics.GetTypeInfo(attribute, cancellation).Type is { ContainingNamespace: { } space }
            && space.ToDisplayString() == "ModelDsl");

    private static AttributeSyntax Rename(AttributeSyntax attribute, string name, int count, bool skipsInputs)
    {
        AttributeSyntax renamed = attribute.ReplaceToken(
            attribute.Name.GetLastToken(), SyntaxFactory.Identifier(name).WithTriviaFrom(attribute.Name.GetLastToken()));
        if (count == int.MaxValue || renamed.ArgumentList is not { } list)
        {
            return renamed;
        }

        // Other libraries name what they take otherwise, so only numbers in order are carried over.
        AttributeArgumentSyntax[] positional =
            [.. list.Arguments.Where(argument => argument.NameEquals is null && argument.NameColon is null)];
        int first = skipsInputs && positional.Length > count ? 1 : 0;
        AttributeArgumentSyntax[] kept = [.. positional.Skip(first).Take(count).Select(argument => argument.WithoutTrivia())];
        if (kept.Length == 0)
        {
            return renamed.WithArgumentList(null);
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return renamed.WithArgumentList(list.WithArguments(
            SyntaxFactory.SeparatedList(kept, Enumerable.Repeat(comma, kept.Length - 1))));
    }
}
