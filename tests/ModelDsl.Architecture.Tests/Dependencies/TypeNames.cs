namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>Full names of types, where a nested type goes by the outermost one around it.</summary>
internal sealed class TypeNames(MetadataReader metadata)
{
    public string Outermost(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Outermost(outer)
            : FullName(type.Namespace, type.Name);
    }

    public string Outermost(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Outermost((TypeReferenceHandle)type.ResolutionScope)
            : FullName(type.Namespace, type.Name);
    }

    private string FullName(StringHandle @namespace, StringHandle name) =>
        @namespace.IsNil ? metadata.GetString(name) : metadata.GetString(@namespace) + "." + metadata.GetString(name);
}
