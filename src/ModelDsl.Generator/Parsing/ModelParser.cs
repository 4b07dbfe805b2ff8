using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Parsing;

/// <summary>Reads the attributes of a class in the order of the text.</summary>
internal static class ModelParser
{
    public const string ModelAttribute = "ModelDsl.ModelAttribute";

    /// <summary>The argument of [Model] that states a budget.</summary>
    public const string Budget = "MaxParameters";
    public const string LayerAttribute = "ModelDsl.LayerAttribute";
    public const string BlockAttribute = "ModelDsl.BlockAttribute";

    /// <summary>The switch of [Model] that asks for the gradient of the input.</summary>
    public const string InputGradient = "InputGradient";

    /// <summary>The switch of [Model] that asks for the outputs of all layers.</summary>
    public const string KeepActivations = "KeepActivations";

    /// <summary>The switch of [Model] that asks for gradients that are clipped sample by sample.</summary>
    public const string PerSampleClipping = "PerSampleClipping";

    /// <summary>The argument of [Model] that limits the memory of a training step.</summary>
    public const string MemoryBudget = "MemoryBudget";

    /// <summary>The argument of [Model] that says for how many samples that is.</summary>
    public const string Batch = "Batch";

    /// <summary>The switch of [Model] that asks for what checks need.</summary>
    public const string Checks = "Checks";

    /// <summary>The switch of [Model] for a model that only predicts.</summary>
    public const string Inference = "Inference";

    /// <summary>The argument of [Model] that says how values are stored.</summary>
    public const string Precision = "Precision";

    /// <summary>The argument of [Model] that says how convolutions are computed.</summary>
    public const string Convolution = "Convolution";

    public static ParsedModel Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var parser = new LayerParser(cancellation);
        ParsedLayers body = parser.Parse(type);
        string @namespace = type.ContainingNamespace is { IsGlobalNamespace: false } declared
            ? declared.ToDisplayString()
            : "";
        bool isForInference = IsSet(type, ModelAttribute, Inference);
        var declaration = new ModelDeclaration(
            @namespace,
            ContainingTypes(type),
            type.Name,
            TypeParameters(type),
            IsDocumented(type, cancellation),
            IsClsCompliant(type.ContainingAssembly),
            Members(type),
            body.Layers)
        {
            HasInputGradient = IsSet(type, ModelAttribute, InputGradient),
            KeepsActivations = IsSet(type, ModelAttribute, KeepActivations),
            ClipsSamples = IsSet(type, ModelAttribute, PerSampleClipping),
            HasChecks = IsSet(type, ModelAttribute, Checks),
            IsForInference = isForInference,
            Result = isForInference ? body.Result : null,
            MemoryBudget = ArgumentOf<string>(type, MemoryBudget),
            Batch = MemberOf(type, Batch),
            Precision = (Precision)MemberOf(type, Precision),
            Convolution = (ConvolutionMethod)MemberOf(type, Convolution),
        };
        return new ParsedModel(declaration, body) { Types = [.. parser.Types] };
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
        type.GetAttributes().Any(attribute => Is(attribute.AttributeClass, BlockAttribute));

    public static bool IsSharedBlock(INamedTypeSymbol type) =>
        IsSet(type, BlockAttribute, nameof(ModelDsl.BlockAttribute.Shared));

    /// <summary>Whether a class of attributes is [Model], in whatever assembly.</summary>
    public static bool IsModelAttribute(INamedTypeSymbol? attributeClass) =>
        Is(attributeClass, ModelAttribute);

    /// <summary>Whether a class of attributes has a full name.</summary>
    public static bool Is(INamedTypeSymbol? attributeClass, string fullName) =>
        attributeClass is not null
        && fullName.EndsWith(attributeClass.Name, StringComparison.Ordinal)
        && attributeClass.ToDisplayString() == fullName;

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

    // The member of an enumeration that an argument of [Model] names. A number that is none is the C# compiler's to let
    // through, and a rule's to report.
    private static int MemberOf(INamedTypeSymbol type, string property) => ArgumentOf<int>(type, property);

    private static T? ArgumentOf<T>(INamedTypeSymbol type, string property) => type.GetAttributes()
        .Where(attribute => Is(attribute.AttributeClass, ModelAttribute))
        .SelectMany(attribute => attribute.NamedArguments)
        .Where(argument => argument.Key == property)
        .Select(argument => argument.Value.Value)
        .OfType<T>()
        .FirstOrDefault();

    // Whether a switch of an attribute of the class is on.
    private static bool IsSet(INamedTypeSymbol type, string attributeType, string property) =>
        type.GetAttributes().Any(attribute =>
            Is(attribute.AttributeClass, attributeType)
            && attribute.NamedArguments.Any(argument => argument.Key == property && argument.Value.Value is true));

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

    private static bool IsClsCompliant(IAssemblySymbol assembly) =>
        assembly.GetAttributes().Any(attribute =>
            attribute.AttributeClass is { Name: "CLSCompliantAttribute" } && attribute.ConstructorArguments is [{ Value: true }]);

    private static EquatableArray<string> Members(INamedTypeSymbol type) =>
        GeneratedMembers.Others(type).Concat(type.TypeParameters).SelectMany(GeneratedMembers.NamesOf).Distinct().ToEquatableArray();

    // Analyzers see the generated half as well, whose comment is not the author's.
    private static bool IsDocumented(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedMembers.Contains(reference.SyntaxTree))
            .Any(reference => reference.GetSyntax(cancellation).GetLeadingTrivia()
                .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
                    || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)));
}
