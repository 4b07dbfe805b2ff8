using ModelDsl.Generator.Parsing.Methods;

namespace ModelDsl.Generator.Parsing.Records;

/// <summary>
/// The blocks with a method, of a project for others, and of others for a project.
/// </summary>
internal static class RecordedBlocks
{
    private const string Attribute = "ModelDsl.CompilerServices.BlockLayersAttribute";

    /// <summary>
    /// The blocks of a project that other projects may name and whose layers are in a method, as they are recorded, by
    /// name. Those that no other can use as they stand are left out: what is wrong with them is reported where they
    /// are.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IEnumerable<(string Block, string Layers)> Of(Compilation compilation, CancellationToken cancellation)
    {
        bool hasFriends = compilation.Assembly.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        return
            from type in TypesOf(compilation.Assembly.GlobalNamespace, cancellation)
            where ForwardReader.MethodOf(type) is not null && ModelParser.IsBlock(type) && IsVisible(type, hasFriends)
            where ProjectRules.Check(type, compilation, cancellation).IsEmpty
            let layers = LayersOf(type, cancellation)
            where layers is not null
            let name = type.ToDisplayString()
            orderby name
            select (name, layers);
    }

    // What a generic block consists of depends on its types; an empty record says that it has a method.
    private static string? LayersOf(INamedTypeSymbol type, CancellationToken cancellation) =>
        IsGeneric(type) ? ""
        : new LayerParser(cancellation).ParseWhole(type) is { } block ? BlockRecord.Write(block)
        : null;

    private static bool IsGeneric(INamedTypeSymbol? type) =>
        type is not null && (type.Arity > 0 || IsGeneric(type.ContainingType));

    /// <summary>Whether a block's layers are in the metadata of another assembly, if anywhere.</summary>
    public static bool AreFor(INamedTypeSymbol block) =>
        block.ContainingAssembly is not (null or ISourceAssemblySymbol)
        && !block.Locations.Any(place => place.IsInSource)
        && ModelParser.LayerAttributes(block).IsEmpty;

    /// <summary>The record of a block of another assembly.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isRecorded">
    /// Whether there is a record, or has to be one: then null says that it cannot be read.
    /// </param>
    public static BlockDeclaration? Find(INamedTypeSymbol block, out bool isRecorded)
    {
        string name = block.OriginalDefinition.ToDisplayString();
        string? layers = block.ContainingAssembly.GetAttributes()
            .Where(attribute => ModelParser.Is(attribute.AttributeClass, Attribute))
            .Where(attribute => attribute.ConstructorArguments is [{ Value: string named }, _] && named == name)
            .Select(attribute => attribute.ConstructorArguments[1].Value as string)
            .FirstOrDefault();
        isRecorded = layers is not null || ForwardReader.MethodOf(block) is not null;
        return layers is null ? null : BlockRecord.Read(layers);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol around, CancellationToken cancellation)
    {
        cancellation.Look();
        foreach (INamespaceOrTypeSymbol member in around.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol inner in TypesOf(member, cancellation))
            {
                yield return inner;
            }
        }
    }

    private static bool IsVisible(INamedTypeSymbol type, bool hasFriends)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal
                || part.DeclaredAccessibility is not (
                    Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
                    or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                || (!hasFriends
                    && part.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal))
            {
                return false;
            }
        }

        return true;
    }
}
