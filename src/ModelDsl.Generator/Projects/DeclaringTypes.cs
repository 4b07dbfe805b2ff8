namespace ModelDsl.Generator.Projects;

/// <summary>
/// Collects a type and whatever it names: the types around it and its base classes, the classes of its attributes with
/// their type arguments, and whatever those name in turn. A model's declaration follows from what these types say and
/// from the <see cref="Outline"/> of all files.
/// </summary>
internal sealed class DeclaringTypes
{
    private readonly IAssemblySymbol _assembly;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ITypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Stack<ITypeSymbol> _left = new();

    private DeclaringTypes(ImmutableArray<INamedTypeSymbol> types, CancellationToken cancellation)
    {
        _assembly = types[0].ContainingAssembly;
        _cancellation = cancellation;
        AddAll(types);
    }

    /// <summary>The names, without what is around them, of those types that are declared where the first is.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<string> Of(ImmutableArray<INamedTypeSymbol> types, CancellationToken cancellation)
    {
        var declaring = new DeclaringTypes(types, cancellation);
        declaring.Collect();
        return [.. declaring._names];
    }

    private void Collect()
    {
        while (_left.Count > 0)
        {
            _cancellation.Look();
            switch (_left.Pop())
            {
                case IArrayTypeSymbol array:
                    Add(array.ElementType);
                    break;
                case IPointerTypeSymbol pointer:
                    Add(pointer.PointedAtType);
                    break;
                case IFunctionPointerTypeSymbol { Signature: var signature }:
                    Add(signature.ReturnType);
                    AddAll(signature.Parameters.Select(parameter => parameter.Type));
                    break;
                case INamedTypeSymbol named:
                    Collect(named);
                    break;
            }
        }
    }

    private void Collect(INamedTypeSymbol type)
    {
        AddAll(type.TypeArguments);
        Add(type.ContainingType);

        // What another assembly declares changes with the reference to it.
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _assembly))
        {
            Add(type.BaseType);
            AddAll(type.GetAttributes().Select(attribute => attribute.AttributeClass));
            _names.Add(type.Name);
        }
    }

    private void AddAll(IEnumerable<ITypeSymbol?> types)
    {
        foreach (ITypeSymbol? type in types)
        {
            Add(type);
        }
    }

    private void Add(ITypeSymbol? type)
    {
        if (type is not null && _types.Add(type))
        {
            _left.Push(type);
        }
    }
}
