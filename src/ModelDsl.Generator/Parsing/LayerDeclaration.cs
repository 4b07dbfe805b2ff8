namespace ModelDsl.Generator.Parsing;

/// <summary>One layer: an attribute, or whatever else says the same.</summary>
/// <param name="AttributeType">
/// The attribute's class by its metadata name: <c>ModelDsl.DenseAttribute</c>, <c>ModelDsl.RepeatAttribute`1</c>.
/// </param>
/// <param name="Text">The layer as written: <c>Dense(512)</c>.</param>
/// <param name="Arguments">The arguments by name: constructor parameters (<c>units</c>) and properties (<c>UseBias</c>).</param>
/// <param name="TypeArguments">The types between the angle brackets of a generic attribute.</param>
/// <param name="IsWellFormed">False where the C# compiler itself rejects the attribute.</param>
internal sealed record LayerDeclaration(
    string AttributeType,
    string Text,
    EquatableArray<LayerArgument> Arguments,
    EquatableArray<TypeArgument> TypeArguments,
    bool IsWellFormed)
{
    /// <summary>What a call of a block by a method is declared as.</summary>
    public const string BlockCall = Methods.LayerCalls.Primitives + "BlockAttribute`1";

    private const string WithState = "WithState";

    private const string Product = Methods.LayerCalls.Primitives + "MultiplyAttribute";

    /// <summary>
    /// The outputs of layers of the same list that this one takes, in order. Empty for the first output of the layer
    /// before it, as in every list of attributes.
    /// </summary>
    public EquatableArray<LayerSource> Sources { get; init; } = [];

    /// <summary>What the layer is written as.</summary>
    public LayerOrigin Origin { get; init; }

    /// <summary>The name that the author gives the layer's output in a method; null where it has none.</summary>
    public string? Local { get; init; }

    /// <summary>The layer as messages and comments quote it: <c>[Dense(512)]</c>, or the expression.</summary>
    public string Quoted => Origin == LayerOrigin.Attribute ? $"[{Text}]" : Text;

    /// <summary>The sources of the layer where it stands at a number of its list.</summary>
    public EquatableArray<LayerSource> SourcesAt(int number) => Sources.IsEmpty ? [number - 1] : Sources;

    /// <summary>
    /// What the layer's own name begins with: its kind, or the name of the block that a method calls. The product of
    /// two tensors has another name than the layer Multiply, so that operators do not change the names of its
    /// parameters. A recurrent layer has the same name whether or not it returns its state.
    /// </summary>
    public string Family => AttributeType switch
    {
        BlockCall => TypeArguments[0].Name is { Length: > 0 } block ? block : "Block",
        Product => nameof(Product),
        _ when Kind.EndsWith(WithState, StringComparison.Ordinal) => Kind.Substring(0, Kind.Length - WithState.Length),
        _ => Kind,
    };

    /// <summary>The layer's kind as users say it: <c>Dense</c>.</summary>
    public string Kind => KindOf(AttributeType);

    /// <summary>The kind that an attribute's class stands for, by its name.</summary>
    public static string KindOf(string attributeType)
    {
        string name = attributeType.Substring(attributeType.LastIndexOf('.') + 1).Split('`')[0];
        const string suffix = "Attribute";
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }

    /// <summary>The attribute as an object, with the arguments that are not written as its class has them.</summary>
    public LayerAttribute Attribute => AttributeReader.Read(this);

    /// <summary>
    /// The attribute as one of its class, <c>Read&lt;DenseAttribute&gt;().Units</c>, or as what it shares with others.
    /// An attribute with type arguments is read as one of <see cref="object"/>: <c>RepeatAttribute&lt;object&gt;</c>.
    /// </summary>
    public T Read<T>()
        where T : class => (T)(object)Attribute;

    /// <summary>Whether an argument is written, by the name of its parameter or property.</summary>
    public bool Has(string argument) => Find(argument) is not null;

    /// <summary>The argument with the name of a parameter or property as it is written; null where it is not.</summary>
    public LayerArgument? Find(string argument)
    {
        foreach (LayerArgument candidate in Arguments)
        {
            if (candidate.Name == argument)
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>An output of a layer, which another layer of the same list takes.</summary>
/// <param name="Layer">The number of the layer in the list; -1 for what flows into the whole list.</param>
/// <param name="Output">The number of the output among those of the layer.</param>
internal readonly record struct LayerSource(int Layer, int Output = 0)
{
    /// <summary>What flows into the whole list.</summary>
    public static LayerSource FlowsIn { get; } = new(-1);

    /// <summary>The first output of a layer, which most have only.</summary>
    public static implicit operator LayerSource(int layer) => new(layer);
}

/// <summary>What a layer is written as.</summary>
internal enum LayerOrigin
{
    /// <summary>An attribute of the class.</summary>
    Attribute,

    /// <summary>An expression in a method.</summary>
    Expression,
}
