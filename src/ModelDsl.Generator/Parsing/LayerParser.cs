using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Parsing.Methods;
using ModelDsl.Generator.Parsing.Records;

namespace ModelDsl.Generator.Parsing;

/// <summary>
/// Reads the layers of one model with the blocks that they name. A block is read once, however often it is named: a block of
/// two, of two, of two and so on would else double the work at every level.
/// </summary>
internal sealed class LayerParser(CancellationToken cancellation)
{
    private const string LossContract = "ModelDsl.Extensibility.ILoss";

    private readonly Dictionary<ISymbol, BlockDeclaration> _blocks = new(SymbolEqualityComparer.Default);
    private readonly Stack<INamedTypeSymbol> _around = new();
    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private bool _isRecursive;

    /// <summary>The types whose methods and fields were read, and the blocks that methods call.</summary>
    public IEnumerable<INamedTypeSymbol> Types => _types;

    /// <summary>Reads the layers of a model or block, with the blocks that they name.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ParsedLayers Parse(INamedTypeSymbol type)
    {
        _around.Push(type);
        ImmutableArray<AttributeData> attributes = ModelParser.LayerAttributes(type);
        ParsedLayers layers = ForwardReader.MethodOf(type) is { } method
            ? new ForwardReader(this, type, method, cancellation).Read(attributes)
            : Parse(attributes);
        _around.Pop();
        return layers;
    }

    /// <summary>
    /// Reads a block for itself; null where it breaks a rule of its method, or is too large or recursive, so that none
    /// can use it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BlockDeclaration? ParseWhole(INamedTypeSymbol type)
    {
        ParsedLayers layers = Parse(type);
        return !_isRecursive
            && !layers.Issues.Any(issue => issue.Severity == DiagnosticSeverity.Error)
            && layers.Layers.All(layer => layer.IsWellFormed)
            && Declared(type, layers) is { IsTooLarge: false } block
            ? block
            : null;
    }

    /// <summary>The types that a layer is given, with the blocks that they are.</summary>
    /// <param name="types">The types.</param>
    /// <param name="parameters">The type parameters that they are given for.</param>
    /// <param name="size">The number of layers of the blocks, written out.</param>
    /// <param name="areAllowed">Whether the C# compiler takes them.</param>
    public EquatableArray<TypeArgument> ParseTypes(
        ImmutableArray<ITypeSymbol> types, ImmutableArray<ITypeParameterSymbol> parameters, out long size, out bool areAllowed)
    {
        areAllowed = types.Zip(parameters, IsAllowed).All(allowed => allowed);
        size = 0;
        var arguments = ImmutableArray.CreateBuilder<TypeArgument>(types.Length);
        foreach (ITypeSymbol argument in types)
        {
            long blockSize = 0;
            BlockDeclaration? block = argument is INamedTypeSymbol type ? ParseBlock(type, out blockSize) : null;
            INamedTypeSymbol[] named = [.. NamedTypes(argument)];
            arguments.Add(new TypeArgument(
                argument.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                argument.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                block,
                named.Any(type => type.IsFileLocal),
                argument is { IsValueType: true, IsRefLikeType: false }
                    && argument.AllInterfaces.Any(contract => contract.ToDisplayString() == LossContract),
                named.SelectMany(WarningsOf).Distinct().ToEquatableArray()));
            size += blockSize;
        }

        return new EquatableArray<TypeArgument>(arguments.MoveToImmutable());
    }

    /// <summary>Notes that the layers depend on what a type says: a block, or one whose methods are read.</summary>
    public void AddSource(INamedTypeSymbol type) => _types.Add(type.OriginalDefinition);

    private ParsedLayers Parse(ImmutableArray<AttributeData> attributes)
    {
        long size = 0;
        var layers = ImmutableArray.CreateBuilder<LayerDeclaration>(attributes.Length);
        foreach (AttributeData attribute in attributes)
        {
            cancellation.Look();
            layers.Add(ParseLayer(attribute, out long layerSize));
            size += layerSize;
        }

        return new ParsedLayers(
            new EquatableArray<LayerDeclaration>(layers.MoveToImmutable()),
            [.. attributes.Select(attribute => (LayerSite)new AttributeSite(attribute))])
        {
            Size = size,
        };
    }

    // The size counts the block itself and its layers, each as often as it is named.
    private BlockDeclaration? ParseBlock(INamedTypeSymbol type, out long size)
    {
        size = 1;
        if (!ModelParser.IsBlock(type))
        {
            return null;
        }

        // The first block that contains itself is what is reported: what follows it need not be read.
        if (_isRecursive || _around.Contains(type, SymbolEqualityComparer.Default))
        {
            _isRecursive = true;
            return new BlockDeclaration(type.Name, type.ToDisplayString(), [], IsShared: false, IsRecursive: true);
        }

        if (!_blocks.TryGetValue(type, out BlockDeclaration? block))
        {
            block = Recorded(type) ?? Declared(type, Parse(type));
            _blocks[type] = block;
        }

        size = block.Size;
        return block;
    }

    // The body of a method in another assembly is not to be seen; its layers are recorded there.
    private static BlockDeclaration? Recorded(INamedTypeSymbol type)
    {
        if (!RecordedBlocks.AreFor(type))
        {
            return null;
        }

        BlockDeclaration? block = RecordedBlocks.Find(type, out bool isRecorded);
        return block is null && isRecorded
            ? Declared(type, new ParsedLayers([], [])) with { IsUnreadable = true }
            : block;
    }

    private static BlockDeclaration Declared(INamedTypeSymbol type, ParsedLayers layers)
    {
        long size = Math.Min(layers.Size + 1, int.MaxValue);
        return new BlockDeclaration(
            type.Name,
            type.ToDisplayString(),
            size > BlockDeclaration.MostLayers ? [] : layers.Layers,
            ModelParser.IsSharedBlock(type),
            IsRecursive: false)
        {
            InputCount = layers.InputCount,
            Result = layers.Result,
            Size = size,
        };
    }

    // What breaks a constraint is the C# compiler's to report; generated code would break it again.
    private static bool IsAllowed(ITypeSymbol argument, ITypeParameterSymbol parameter) =>
        IsKnown(argument)
        && (!parameter.HasValueTypeConstraint
            || (argument.IsValueType && argument.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !argument.IsRefLikeType))
        && (!parameter.HasReferenceTypeConstraint || argument.IsReferenceType)
        && parameter.ConstraintTypes.All(constraint =>
            argument.AllInterfaces.Contains(constraint, SymbolEqualityComparer.Default)
            || SymbolEqualityComparer.Default.Equals(argument, constraint));

    // An unbound generic type has the type parameters of its definition for arguments, at times.
    private static bool IsKnown(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.TypeParameter } => false,
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        IPointerTypeSymbol pointer => IsKnown(pointer.PointedAtType),
        INamedTypeSymbol named =>
            !named.IsUnboundGenericType
            && named.TypeArguments.All(IsKnown)
            && (named.ContainingType is not { } around || IsKnown(around)),
        _ => true,
    };

    // The types that generated code would have to name for a type.
    private static IEnumerable<INamedTypeSymbol> NamedTypes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NamedTypes(array.ElementType),
        INamedTypeSymbol named =>
        [
            named,
            .. named.TypeArguments.SelectMany(NamedTypes),
            .. named.ContainingType is { } around ? NamedTypes(around) : [],
        ],
        _ => [],
    };

    private static IEnumerable<string> WarningsOf(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case "System.ObsoleteAttribute":
                    TypedConstant own = attribute.NamedArguments.FirstOrDefault(named => named.Key == "DiagnosticId").Value;
                    yield return own.Value as string ?? (attribute.ConstructorArguments.IsEmpty ? "CS0612" : "CS0618");
                    break;
                case "System.Diagnostics.CodeAnalysis.ExperimentalAttribute"
                    when attribute.ConstructorArguments is [{ Value: string id }]:
                    yield return id;
                    break;
            }
        }
    }

    /// <summary>Reads one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="size">The number of layers that it is, with its blocks written out.</param>
    public LayerDeclaration ParseLayer(AttributeData attribute, out long size)
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
            ? AttributeText.Of(syntax)
            : AttributeText.Of(attribute);
        EquatableArray<TypeArgument> typeArguments = ParseTypes(
            attributeClass.TypeArguments, attributeClass.TypeParameters, out long inner, out bool areAllowed);
        size = 1 + inner;

        return new LayerDeclaration(
            $"{attributeClass.ContainingNamespace.ToDisplayString()}.{attributeClass.MetadataName}",
            text,
            new EquatableArray<LayerArgument>(arguments.ToImmutable()),
            typeArguments,
            isWellFormed && areAllowed);

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
                case TypedConstantKind.Array when constant.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Single }:
                    EquatableArray<float> numbers = constant.Values.Select(value => value.Value as float? ?? float.NaN).ToEquatableArray();
                    arguments.Add(new LayerArgument(name, null, [], numbers));
                    return constant.Values.All(value => value.Value is float);
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
}
