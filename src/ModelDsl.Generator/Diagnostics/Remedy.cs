namespace ModelDsl.Generator.Diagnostics;

/// <summary>What to do where a layer cannot take its input: in words, and as a code fix reads it.</summary>
/// <param name="Words">What the message says.</param>
internal sealed record Remedy(MessageArgument Words)
{
    /// <summary>
    /// The property of a diagnostic that holds the dimensions of a reshape that helps: <c>28, 28, 1</c>.
    /// </summary>
    public const string ReshapeProperty = nameof(Reshape);

    /// <summary>The property that a diagnostic has where it helps to declare the input as a sequence.</summary>
    public const string SequenceProperty = nameof(DeclaresSequence);

    /// <summary>The property that names the layer that helps where it is added before the one reported.</summary>
    public const string InsertsProperty = nameof(Inserts);

    /// <summary>The reshape before the layer that helps, where one does.</summary>
    public Extents? Reshape { get; init; }

    /// <summary>Whether it helps to declare the input as a sequence.</summary>
    public bool DeclaresSequence { get; init; }

    /// <summary>The layer that helps where it is added before the one reported, such as <c>Flatten</c>.</summary>
    public string? Inserts { get; init; }

    public static implicit operator Remedy(MessageArgument words) => new(words);

    public static implicit operator Remedy(string words) => new(words);

    public override string ToString() => Words.ToString();

    /// <summary>What helps in another place too, where other words say it.</summary>
    public Remedy? Common(Remedy? other) =>
        Inserts is not null && other?.Inserts == Inserts ? new Remedy(Words) { Inserts = Inserts } : null;

    /// <summary>Adds what code fixes read.</summary>
    public ImmutableDictionary<string, string?> AddTo(ImmutableDictionary<string, string?> properties)
    {
        properties = Reshape is { } dimensions ? properties.Add(ReshapeProperty, $"{dimensions.Listed}") : properties;
        properties = Inserts is not null ? properties.Add(InsertsProperty, Inserts) : properties;
        return DeclaresSequence ? properties.Add(SequenceProperty, null) : properties;
    }
}
