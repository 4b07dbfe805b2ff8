using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Parsing;

/// <summary>Reads the attributes of a class in the order of the text.</summary>
internal static class ModelParser
{
    public const string ModelAttribute = "ModelDsl.ModelAttribute";
    public const string LayerAttribute = "ModelDsl.LayerAttribute";
    public const string BlockAttribute = "ModelDsl.BlockAttribute";

    public static ParsedModel Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = LayerAttributes(type);
        string @namespace = type.ContainingNamespace is { IsGlobalNamespace: false } declared
            ? declared.ToDisplayString()
            : "";
        var declaration = new ModelDeclaration(
            @namespace,
            ContainingTypes(type),
            type.Name,
            TypeParameters(type),
            IsDocumented(type, cancellation),
            ParseLayers(attributes, [type], cancellation));
        return new ParsedModel(declaration, attributes);
    }

    /// <summary>
    /// The layer attributes of a type in data-flow order: that of the text, or of the metadata where there is no text.
    /// </summary>
    public static ImmutableArray<AttributeData> LayerAttributes(INamedTypeSymbol type) =>
    [
        .. type.GetAttributes()
            .Where(attribute => IsLayer(attribute.AttributeClass))
            .OrderBy(attribute => attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference?.Span.Start ?? 0),
    ];

    public static bool IsBlock(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == BlockAttribute);

    public static bool IsLayer(INamedTypeSymbol? attributeClass)
    {
        for (INamedTypeSymbol? type = attributeClass?.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name == nameof(LayerAttribute) && type.ToDisplayString() == LayerAttribute)
            {
                return true;
            }
        }

        return false;
    }

    private static EquatableArray<LayerDeclaration> ParseLayers(
        ImmutableArray<AttributeData> attributes, ImmutableArray<INamedTypeSymbol> around, CancellationToken cancellation) =>
        attributes.Select(attribute => ParseLayer(attribute, around, cancellation)).ToEquatableArray();

    private static BlockDeclaration? ParseBlock(
        INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol> around, CancellationToken cancellation)
    {
        if (!IsBlock(type))
        {
            return null;
        }

        bool recursive = around.Contains(type, SymbolEqualityComparer.Default);
        EquatableArray<LayerDeclaration> layers =
            recursive ? [] : ParseLayers(LayerAttributes(type), around.Add(type), cancellation);
        return new BlockDeclaration(type.Name, type.ToDisplayString(), layers, recursive);
    }

    private static LayerDeclaration ParseLayer(
        AttributeData attribute, ImmutableArray<INamedTypeSymbol> around, CancellationToken cancellation)
    {
        var arguments = ImmutableArray.CreateBuilder<LayerArgument>();
        bool isWellFormed = attribute.AttributeConstructor is not null;
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < attribute.ConstructorArguments.Length && i < constructor.Parameters.Length; i++)
            {
                isWellFormed &= TryAdd(constructor.Parameters[i].Name, attribute.ConstructorArguments[i]);
            }
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            isWellFormed &= TryAdd(named.Key, named.Value);
        }

        INamedTypeSymbol attributeClass = attribute.AttributeClass!;
        string text = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax
            ? syntax.WithoutTrivia().NormalizeWhitespace().ToFullString()
            : AttributeText.Of(attribute);
        isWellFormed &= attributeClass.TypeArguments.All(argument => argument.TypeKind != TypeKind.Error);
        EquatableArray<TypeArgument> typeArguments = attributeClass.TypeArguments.Select(argument => new TypeArgument(
            argument.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            argument is INamedTypeSymbol named ? ParseBlock(named, around, cancellation) : null)).ToEquatableArray();
        return new LayerDeclaration(
            $"{attributeClass.ContainingNamespace.ToDisplayString()}.{attributeClass.MetadataName}",
            text,
            new EquatableArray<LayerArgument>(arguments.ToImmutable()),
            typeArguments,
            isWellFormed);

        bool TryAdd(string name, TypedConstant constant)
        {
            switch (constant.Kind)
            {
                case TypedConstantKind.Primitive or TypedConstantKind.Enum:
                    arguments.Add(new LayerArgument(name, constant.Value, []));
                    return true;
                // [Input(null)] is good C#, and as good as [Input()].
                case TypedConstantKind.Array when constant.IsNull:
                    arguments.Add(new LayerArgument(name, null, []));
                    return true;
                case TypedConstantKind.Array:
                    bool wellFormed = constant.Values.All(value => value.Value is int);
                    IEnumerable<int> elements = constant.Values.Select(value => value.Value as int? ?? 0);
                    arguments.Add(new LayerArgument(name, null, elements.ToEquatableArray()));
                    return wellFormed;
                default:
                    return false;
            }
        }
    }

    private static EquatableArray<string> ContainingTypes(INamedTypeSymbol type)
    {
        var headers = new Stack<string>();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            string keyword = outer switch
            {
                { IsRecord: true, IsValueType: true } => "record struct",
                { IsRecord: true } => "record",
                { TypeKind: TypeKind.Struct } => "struct",
                { TypeKind: TypeKind.Interface } => "interface",
                _ => "class",
            };
            headers.Push($"{keyword} {Identifiers.Escape(outer.Name)}{TypeParameters(outer)}");
        }

        return headers.ToEquatableArray();
    }

    private static string TypeParameters(INamedTypeSymbol type) =>
        type.TypeParameters.IsEmpty
            ? ""
            : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Identifiers.Escape(parameter.Name)))}>";

    private static bool IsDocumented(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation).GetLeadingTrivia()
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
                || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)));
}
