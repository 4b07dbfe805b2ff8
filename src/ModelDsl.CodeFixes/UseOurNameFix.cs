using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.CodeFixes;

/// <summary>
/// Replaces a layer's name of another library, or a misspelt one, which the C# compiler does not find.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOurNameFix)), Shared]
public sealed class UseOurNameFix() : SyntaxFix(FindAsync, "CS0246")
{
    private static async Task<IEnumerable<Repair>> FindAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || semantics.Compilation.GetTypeByMetadataName("ModelDsl.LayerAttribute") is not { } layer
            || Unknown(root, diagnostic.Location.SourceSpan) is not { } unknown
            || !HasOurs((TypeDeclarationSyntax)unknown.Parent!.Parent!, unknown, semantics, cancellation)
            || OtherNames.Find(unknown.Name.GetLastToken().ValueText, NamesOfLayers(layer)) is not { } found)
        {
            return [];
        }

        return
        [
            new Repair($"Use [{Rename(root, unknown, found).Used}]", (root, place) =>
                place.Attribute is { } attribute ? Rename(root, attribute, found).Root : root)
            {
                Key = nameof(UseOurNameFix),
            },
        ];
    }

    private static IEnumerable<string> NamesOfLayers(INamedTypeSymbol layer) =>
        layer.ContainingNamespace.GetTypeMembers()
            .Where(candidate => candidate is { IsAbstract: false, IsGenericType: false } && IsLayer(candidate, layer))
            .Select(candidate => AttributeEdits.WithoutSuffix(candidate.Name));

    // The attribute whose name, or what stands before the dot in it, is not found.
    private static AttributeSyntax? Unknown(SyntaxNode root, TextSpan place) =>
        AttributeEdits.Attribute(root.FindNode(place, getInnermostNodeForTie: true)) is { } attribute
        && attribute.Name is not GenericNameSyntax
        && attribute.Name.Span.Contains(place)
        && attribute.Parent?.Parent is TypeDeclarationSyntax
            ? attribute
            : null;

    private static (SyntaxNode Root, string Used) Rename(
        SyntaxNode root, AttributeSyntax attribute, (string Name, int Count, bool SkipsInputs) found)
    {
        AttributeSyntax renamed = WithName(attribute, found.Name);
        ForeignArguments? foreign = IsRewritten(attribute) ? ForeignArguments.Of(renamed, found.Name) : null;
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

    // Comments among arguments stay where the arguments are only taken over.
    private static bool IsRewritten(AttributeSyntax attribute) =>
        attribute.ArgumentList is { } list
        && (list.Arguments.Any(argument => argument.NameColon is not null || argument.NameEquals is not null)
            || !TriviaKeeper.IsSignificant(list.DescendantTrivia()));

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
        AttributeArgumentSyntax[] kept = [.. positional.Skip(first).Take(count)];
        return renamed.WithArgumentList(kept.Length == 0 ? null : AttributeEdits.WithArguments(list, kept));
    }
}
