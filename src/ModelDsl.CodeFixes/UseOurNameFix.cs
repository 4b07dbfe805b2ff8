using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.CodeFixes;

/// <summary>Replaces a layer's name of another library, or a misspelt one, which the C# compiler does not find.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOurNameFix)), Shared]
public sealed class UseOurNameFix : CodeFixProvider
{
    private const string Suffix = "Attribute";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => ["CS0246"];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await RepairAsync(
                document, [.. diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan)], context.CancellationToken)
                .ConfigureAwait(false) is { } repaired
                ? document.WithSyntaxRoot(repaired.Root)
                : document);

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await RepairAsync(context.Document, [context.Span], context.CancellationToken).ConfigureAwait(false)
            is { } repaired)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Use [{repaired.Used}]",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(repaired.Root)),
                    nameof(UseOurNameFix)),
                context.Diagnostics);
        }
    }

    /// <summary>The file with our names at some places, and the last attribute renamed; null where none was.</summary>
    private static async Task<(SyntaxNode Root, string Used)?> RepairAsync(
        Document document, ImmutableArray<TextSpan> places, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || semantics.Compilation.GetTypeByMetadataName("ModelDsl.LayerAttribute") is not { } layerAttribute)
        {
            return null;
        }

        string[] ours =
        [
            .. layerAttribute.ContainingNamespace.GetTypeMembers()
                .Where(candidate => candidate is { IsAbstract: false, IsGenericType: false }
                    && IsLayer(candidate, layerAttribute))
                .Select(candidate => candidate.Name.Substring(0, candidate.Name.Length - Suffix.Length)),
        ];

        // The compiler looks for a name twice, with and without the suffix.
        AttributeSyntax[] unknown =
        [
            .. places.Select(place => Unknown(root, place)).OfType<AttributeSyntax>().Distinct()
                .Where(attribute =>
                    HasOurs((TypeDeclarationSyntax)attribute.Parent!.Parent!, attribute, semantics, cancellation)),
        ];
        string? used = null;
        SyntaxNode tracked = root.TrackNodes(unknown);
        SyntaxNode current = tracked;
        foreach (AttributeSyntax attribute in unknown)
        {
            if (OtherNames.Find(attribute.Name.GetLastToken().ValueText, ours) is { } found)
            {
                (current, used) = Rename(current, current.GetCurrentNode(attribute)!, found);
            }
        }

        return used is null ? null : (current, used);
    }

    // The attribute whose name, or what stands before the dot in it, is not found.
    private static AttributeSyntax? Unknown(SyntaxNode root, TextSpan place) =>
        AttributeEdits.Attribute(root.FindNode(place, getInnermostNodeForTie: true)) is { Name: not GenericNameSyntax } attribute
        && attribute.Name.Span.Contains(place)
        && attribute.Parent?.Parent is TypeDeclarationSyntax
            ? attribute
            : null;

    private static (SyntaxNode Root, string Used) Rename(
        SyntaxNode root, AttributeSyntax attribute, (string Name, int Count, bool SkipsInputs) found)
    {
        AttributeSyntax renamed = WithName(attribute, found.Name);
        bool hasNames = attribute.ArgumentList is { } list
            && list.Arguments.Any(argument => argument.NameColon is not null || argument.NameEquals is not null);
        ForeignArguments? foreign = hasNames
            ? ForeignArguments.Of(renamed, found.Name)
            : null;
        if (foreign is null)
        {
            AttributeSyntax kept = WithArguments(renamed, found.Count, found.SkipsInputs);
            return (root.ReplaceNode(attribute, kept), kept.WithoutTrivia().ToString());
        }

        var mark = new SyntaxAnnotation();
        SyntaxNode marked = root.ReplaceNode(attribute, renamed.WithAdditionalAnnotations(mark));
        SyntaxNode replaced = UseOurArgumentsFix.Replace(
            marked, (AttributeSyntax)marked.GetAnnotatedNodes(mark).Single(), foreign);
        string activation = foreign.Activation is { } name ? $", {name}" : "";
        return (replaced, $"{renamed.Name.WithoutTrivia()}{foreign.Arguments}{activation}");
    }

    // "nn." is another library's as the name is; "ModelDsl." stays.
    private static AttributeSyntax WithName(AttributeSyntax attribute, string name)
    {
        SyntaxToken last = attribute.Name.GetLastToken();
        SyntaxToken ours = SyntaxFactory.Identifier(name).WithTriviaFrom(last);
        bool isQualifiedByOurs = attribute.Name is not QualifiedNameSyntax { Left: var left }
            || left.GetLastToken().ValueText == "ModelDsl";
        return isQualifiedByOurs
            ? attribute.ReplaceToken(last, ours)
            : attribute.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(attribute.Name));
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

    private static AttributeSyntax WithArguments(AttributeSyntax renamed, int count, bool skipsInputs)
    {
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
