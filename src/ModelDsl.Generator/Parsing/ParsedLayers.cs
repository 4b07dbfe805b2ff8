namespace ModelDsl.Generator.Parsing;

/// <summary>The layers of a model or block as they were read, with the places that they have in the text.</summary>
/// <param name="Layers">The layers, each after those whose outputs it takes.</param>
/// <param name="Sites">Where each of them stands.</param>
internal sealed record ParsedLayers(EquatableArray<LayerDeclaration> Layers, ImmutableArray<LayerSite> Sites)
{
    /// <summary>The number of tensors that flow in.</summary>
    public int InputCount { get; init; } = 1;

    /// <summary>What flows out; null for the first output of the last layer.</summary>
    public LayerSource? Result { get; init; }

    /// <summary>What is wrong with the method that the layers come from, other than the layers themselves.</summary>
    public ImmutableArray<Diagnostic> Issues { get; init; } = [];

    /// <summary>The number of layers with all blocks written out.</summary>
    public long Size { get; init; }
}
