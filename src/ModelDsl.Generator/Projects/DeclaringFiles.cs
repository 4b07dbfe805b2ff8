namespace ModelDsl.Generator.Projects;

/// <summary>
/// Collects the files that declare a type and whatever it names: the types around it and its base classes, the classes
/// of its attributes with their type arguments, and whatever those name in turn. A model's declaration follows from
/// these files and from the <see cref="Outline"/> of all others.
/// </summary>
internal sealed class DeclaringFiles
{
    private readonly IAssemblySymbol _assembly;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ITypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxTree> _files = [];
    private readonly Stack<ITypeSymbol> _left = new();

    private DeclaringFiles(ImmutableArray<INamedTypeSymbol> types, CancellationToken cancellation)
    {
        _assembly = types[0].ContainingAssembly;
        _cancellation = cancellation;
        AddAll(types);
    }

    /// <summary>The files, in the first type's own assembly, of types.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<SyntaxTree> Of(ImmutableArray<INamedTypeSymbol> types, CancellationToken cancellation)
    {
        var files = new DeclaringFiles(types, cancellation);
        files.Collect();
        return [.. files._files];
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
            foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
            {
                _files.Add(part.SyntaxTree);
            }
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
