namespace ModelDsl.Generator.Parsing;

/// <summary>
/// A model as its attributes state it: text and constants only, no symbols and no positions, so that two equal
/// declarations give the same code wherever they stand in a file.
/// </summary>
/// <param name="Namespace">The namespace, or empty for the global one.</param>
/// <param name="ContainingTypes">The headers of the types around the model, outermost first.</param>
/// <param name="Name">The class's name without type parameters.</param>
/// <param name="TypeParameters">The type parameter list with its brackets, or empty.</param>
/// <param name="IsDocumented">Whether the user wrote a documentation comment of their own.</param>
/// <param name="IsClsCompliant">
/// Whether the assembly is marked as compliant with the Common Language Specification.
/// </param>
/// <param name="Members">
/// The names that the author uses for other members and type parameters; those of methods with the types of their
/// parameters too.
/// </param>
/// <param name="Layers">The layer attributes in data-flow order.</param>
internal sealed record ModelDeclaration(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    string TypeParameters,
    bool IsDocumented,
    bool IsClsCompliant,
    EquatableArray<string> Members,
    EquatableArray<LayerDeclaration> Layers)
{
    /// <summary>
    /// Whether the author asks for the backward pass from a given gradient of the outputs, and for the gradient of the
    /// input.
    /// </summary>
    public bool HasInputGradient { get; init; }

    /// <summary>Whether the author asks for the outputs of all layers after a training step.</summary>
    public bool KeepsActivations { get; init; }

    /// <summary>Whether the author asks for gradients that are clipped sample by sample.</summary>
    public bool ClipsSamples { get; init; }

    /// <summary>Whether the author asks for the model with other layouts of its memory, to compare with.</summary>
    public bool HasChecks { get; init; }

    /// <summary>Whether the model only predicts, so that it has no loss.</summary>
    public bool IsForInference { get; init; }

    /// <summary>
    /// The output of a model that only predicts; null for the first output of its last layer, as of every other model.
    /// </summary>
    public LayerSource? Result { get; init; }

    /// <summary>What the model may hold in a training step, as it is written; null where there is no limit.</summary>
    public string? MemoryBudget { get; init; }

    /// <summary>The samples of a batch that <see cref="MemoryBudget"/> is for.</summary>
    public int Batch { get; init; }

    /// <summary>How weights and activations are stored.</summary>
    public Precision Precision { get; init; }

    /// <summary>How convolutions are computed.</summary>
    public ConvolutionMethod Convolution { get; init; }

    /// <summary>The class's name as it is written in C#.</summary>
    public string Identifier => Identifiers.Escape(Name);

    /// <summary>The class's name as it is written in C#, with its type parameters.</summary>
    public string TypeName => Identifier + TypeParameters;

    /// <summary>What the file of the generated half is called, without its ending.</summary>
    public string HintName
    {
        get
        {
            IEnumerable<string> parts = [Namespace, .. ContainingTypes.Select(OuterName), TypeName];
            string name = string.Join(".", parts.Where(part => part.Length > 0));
            return name.Replace('<', '{').Replace('>', '}').Replace(" ", "").Replace("@", "");
        }
    }

    // "record struct Outer<T, U>" → "Outer<T, U>"
    private static string OuterName(string header)
    {
        int generic = header.IndexOf('<');
        int end = generic < 0 ? header.Length : generic;
        return header.Substring(header.LastIndexOf(' ', end - 1) + 1);
    }
}

/// <summary>A declaration with the text that it came from, for those who report positions.</summary>
/// <param name="Declaration">The model's declaration.</param>
/// <param name="Body">Its layers with their places.</param>
internal sealed record ParsedModel(ModelDeclaration Declaration, ParsedLayers Body)
{
    /// <summary>The types whose methods and fields were read for it, and the blocks that methods call.</summary>
    public ImmutableArray<INamedTypeSymbol> Types { get; init; } = [];

    /// <summary>Where each layer stands, in the order of the declaration's layers.</summary>
    public ImmutableArray<LayerSite> Sites => Body.Sites;
}

/// <summary>A piece of a model without input and loss, which takes its shapes from where it is used.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="FullName">The class with its namespace, which tells blocks apart.</param>
/// <param name="Layers">
/// The layer attributes in data-flow order; none where the block contains itself, or more than
/// <see cref="MostLayers"/>.
/// </param>
/// <param name="IsShared">Whether all uses in one model have the same parameters.</param>
/// <param name="IsRecursive">Whether the block contains itself.</param>
internal sealed record BlockDeclaration(
    string Name,
    string FullName,
    EquatableArray<LayerDeclaration> Layers,
    bool IsShared,
    bool IsRecursive)
{
    /// <summary>The number of tensors that flow in.</summary>
    public int InputCount { get; init; } = 1;

    /// <summary>What flows out; null for the first output of the last layer, as of every list of attributes.</summary>
    public LayerSource? Result { get; init; }

    /// <summary>Whether the block is one of another assembly whose layers cannot be read there.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The number of layers, the block itself among them, with all blocks written out.</summary>
    public long Size { get; init; } = 1;

    /// <summary>Whether that is more than <see cref="MostLayers"/>.</summary>
    public bool IsTooLarge => Size > MostLayers;

    /// <summary>The most layers that a model can have, with its blocks written out and counted themselves.</summary>
    public const int MostLayers = 10_000;
}
