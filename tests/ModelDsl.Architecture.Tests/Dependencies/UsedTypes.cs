using System.Reflection;
using System.Reflection.Emit;

namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>
/// Collects the names of all types that signatures, attributes and the code of methods refer to. The decoders of
/// signatures and attributes ask it for a value for each type that they come upon: it adds the type and gives its name.
/// </summary>
internal sealed class UsedTypes(MetadataReader metadata)
    : ISignatureTypeProvider<string, object?>, ICustomAttributeTypeProvider<string>
{
    private const string SystemType = "System.Type";

    // Arrays, pointers and the like: their element type was added when the decoder asked for it.
    private const string Other = "";

    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly TypeNames _names = new(metadata);
    private readonly HashSet<string> _used = [];

    public IReadOnlySet<string> Names => _used;

    /// <summary>Adds a type, the type that has a field or a method, or the types of a signature.</summary>
    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _used.Add(_names.Outermost((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                _used.Add(_names.Outermost((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method);
                method.DecodeSignature(this, null);
                break;
            case HandleKind.StandaloneSignature:
                var signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                if (signature.GetKind() == StandaloneSignatureKind.Method)
                {
                    signature.DecodeMethodSignature(this, null);
                }
                else
                {
                    signature.DecodeLocalSignature(this, null);
                }

                break;
            case var kind:
                throw new NotSupportedException($"A reference to a {kind} is not expected here.");
        }
    }

    /// <summary>Adds the classes of attributes and the types in their arguments.</summary>
    public void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Add(attribute.Constructor);
            attribute.DecodeValue(this);
        }
    }

    /// <summary>Adds the constraints and attributes of type parameters.</summary>
    public void AddTypeParameters(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters.Select(metadata.GetGenericParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
            foreach (var constraint in parameter.GetConstraints())
            {
                Add(metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    /// <summary>Adds what the instructions, the locals and the handlers of a method refer to.</summary>
    public void AddBody(MethodBodyBlock body)
    {
        Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            Add(region.CatchType);
        }

        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int first = code.ReadByte();
            var operation = first == 0xFE ? unchecked((short)((first << 8) | code.ReadByte())) : (short)first;
            switch (Operands[operation])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig
                    or OperandType.InlineTok or OperandType.InlineType:
                    Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return _names.Outermost(handle);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return _names.Outermost(handle);
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return Other;
    }

    public string GetTypeFromSerializedName(string name)
    {
        // Namespace.Outer+Nested, Assembly, Version=...
        var outermost = name.Split(',', '+', '[')[0];
        _used.Add(outermost);
        return outermost;
    }

    public PrimitiveTypeCode GetUnderlyingEnumType(string type)
    {
        var definition = metadata.TypeDefinitions.FirstOrDefault(handle => _names.Outermost(handle) == type);
        return definition.IsNil
            ? PrimitiveTypeCode.Int32
            : metadata.GetTypeDefinition(definition).GetFields()
                .Select(metadata.GetFieldDefinition)
                .Where(field => !field.Attributes.HasFlag(FieldAttributes.Static))
                .Select(field => Enum.Parse<PrimitiveTypeCode>(field.DecodeSignature(this, null)))
                .Single();
    }

    public bool IsSystemType(string type) => type == SystemType;

    public string GetSystemType() => SystemType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetArrayType(string elementType, ArrayShape shape) => Other;

    public string GetSZArrayType(string elementType) => Other;

    public string GetByReferenceType(string elementType) => Other;

    public string GetPointerType(string elementType) => Other;

    public string GetPinnedType(string elementType) => Other;

    public string GetFunctionPointerType(MethodSignature<string> signature) => Other;

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => Other;

    public string GetGenericMethodParameter(object? genericContext, int index) => Other;

    public string GetGenericTypeParameter(object? genericContext, int index) => Other;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => Other;
}
