using System.Reflection.PortableExecutable;

namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>A type that uses another, both by full names; a nested type goes by the outermost one around it.</summary>
internal sealed record TypeUse(string User, string Used);

/// <summary>
/// Which types an assembly has, in which source files they stand, and which types they use: read from the compiled
/// assembly and its portable PDB, so that neither comments nor directives count, and what is only inferred (<c>var</c>)
/// does.
/// </summary>
/// <remarks>The compiler leaves no trace of <c>nameof</c>, of a constant and of an enum's member.</remarks>
internal sealed record CompiledCode(
    ImmutableDictionary<string, ImmutableHashSet<string>> Documents,
    ImmutableHashSet<TypeUse> Uses)
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>Reads an assembly from its file, with the PDB of the same name beside it.</summary>
    public static CompiledCode Read(string path)
    {
        using var assembly = File.OpenRead(path);
        using var symbols = File.OpenRead(Path.ChangeExtension(path, ".pdb"));
        return Read(assembly, symbols);
    }

    /// <summary>Reads an assembly and its portable PDB.</summary>
    public static CompiledCode Read(Stream assembly, Stream symbols)
    {
        using var image = new PEReader(assembly);
        using var symbolProvider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var metadata = image.GetMetadataReader();
        return new(
            DocumentsOf(metadata, symbolProvider.GetMetadataReader()),
            [.. metadata.TypeDefinitions.SelectMany(type => UsesOf(type, metadata, image))]);
    }

    private static ImmutableDictionary<string, ImmutableHashSet<string>> DocumentsOf(
        MetadataReader metadata, MetadataReader symbols)
    {
        var names = new TypeNames(metadata);
        var documents = new List<(string Type, DocumentHandle Document)>();
        foreach (var method in metadata.MethodDefinitions)
        {
            var information = symbols.GetMethodDebugInformation(method);
            var type = names.Outermost(metadata.GetMethodDefinition(method).GetDeclaringType());
            documents.AddRange(information.GetSequencePoints().Select(point => (type, point.Document)));
        }

        // What has no body, such as an interface or an enum, has its documents here.
        foreach (var type in metadata.TypeDefinitions)
        {
            foreach (var handle in symbols.GetCustomDebugInformation(type))
            {
                var information = symbols.GetCustomDebugInformation(handle);
                if (symbols.GetGuid(information.Kind) == TypeDefinitionDocuments)
                {
                    var rows = symbols.GetBlobReader(information.Value);
                    while (rows.RemainingBytes > 0)
                    {
                        var document = MetadataTokens.DocumentHandle(rows.ReadCompressedInteger());
                        documents.Add((names.Outermost(type), document));
                    }
                }
            }
        }

        return documents
            .Distinct()
            .GroupBy(entry => entry.Type, entry => symbols.GetString(symbols.GetDocument(entry.Document).Name))
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableHashSet());
    }

    private static IEnumerable<TypeUse> UsesOf(TypeDefinitionHandle handle, MetadataReader metadata, PEReader image)
    {
        var used = new UsedTypes(metadata);
        var type = metadata.GetTypeDefinition(handle);
        used.Add(type.BaseType);
        used.AddAttributes(type.GetCustomAttributes());
        used.AddTypeParameters(type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            used.Add(metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(used, null);
            used.AddAttributes(field.GetCustomAttributes());
        }

        // Accessors of properties and events are methods; what is left of the members themselves are attributes.
        foreach (var property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            used.AddAttributes(property.GetCustomAttributes());
        }

        foreach (var @event in type.GetEvents().Select(metadata.GetEventDefinition))
        {
            used.AddAttributes(@event.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            method.DecodeSignature(used, null);
            used.AddAttributes(method.GetCustomAttributes());
            used.AddTypeParameters(method.GetGenericParameters());
            foreach (var parameter in method.GetParameters())
            {
                used.AddAttributes(metadata.GetParameter(parameter).GetCustomAttributes());
            }

            if (method.RelativeVirtualAddress != 0)
            {
                used.AddBody(image.GetMethodBody(method.RelativeVirtualAddress));
            }
        }

        var user = new TypeNames(metadata).Outermost(handle);
        return used.Names.Where(name => name != user).Select(name => new TypeUse(user, name));
    }
}
