namespace ModelDsl.Generator.Shapes;

/// <summary>What flows into a model: one input, or several side by side, its own or those of its towers.</summary>
internal static class ModelInputs
{
    /// <summary>The shape of a sample: that of the only input, or a vector of those of all.</summary>
    public static TensorShape Shape(IReadOnlyList<BoundLayer> layers) => Named(layers) is { Count: > 0 } inputs
        ? new TensorShape(inputs.Sum(input => input.Shape.Count))
        : layers[0].Output;

    /// <summary>
    /// The inputs of a model that has several: its own by their names, those of towers by the names of their blocks.
    /// None where the model has one.
    /// </summary>
    public static IReadOnlyList<(string Name, TensorShape Shape)> Named(IReadOnlyList<BoundLayer> layers)
    {
        BoundLayer[] own = [.. layers.TakeWhile(IsInput)];
        return own.Length == 1 ? []
            : own.Length > 1 ? [.. own.Select(layer => (layer.Path.ToString(), layer.Output))]
            :
            [
                .. layers[0].Blocks.Select(block => block.Layers[0])
                    .Where(IsInput)
                    .Select(layer => (ScopeOf(layer), layer.Output)),
            ];
    }

    /// <summary>Whether an input is of numbers: tokens have no gradient.</summary>
    public static bool HasNumbers(IReadOnlyList<BoundLayer> layers) => Named(layers) is { Count: > 0 } inputs
        ? inputs.Any(input => !input.Shape.IsTokens)
        : !Shape(layers).IsTokens;

    /// <summary>
    /// Whether a layer is one of several inputs of its model: what flows into the whole model flows into it.
    /// </summary>
    public static bool IsFurtherInput(LayerDeclaration layer) => layer.Sources is [{ Layer: -1 }];

    /// <summary>Whether a layer consists of blocks of which one starts with an input of its own.</summary>
    public static bool HasTowers(LayerDeclaration layer) =>
        LayerCatalog.Find(layer.AttributeType) is { TakesTowers: true }
        && layer.TypeArguments.Any(argument => argument.Block is { } block && StartsWithInput(block));

    /// <summary>Whether a block starts with an input of its own.</summary>
    public static bool StartsWithInput(BlockDeclaration block) =>
        block.Layers.Count > 0 && LayerCatalog.Find(block.Layers[0].AttributeType)?.Role == LayerRole.Input;

    /// <summary>The name of the block that a layer stands in: <c>imageTower</c> of <c>imageTower.input</c>.</summary>
    public static string ScopeOf(BoundLayer layer) => layer.Path.Parent!.ToString();

    /// <summary>
    /// The name of a tower or head: that of its block, numbered where the names of several differ in case at most. A number
    /// steps over what is another block's own name.
    /// </summary>
    public static string NameOf(LayerDeclaration layer, int typeArgument)
    {
        string[] names = [.. layer.TypeArguments.Select(argument => argument.Block?.Name ?? "")];
        string wanted = names[typeArgument];
        string name = char.ToLowerInvariant(wanted[0]) + wanted.Substring(1);
        if (names.Count(other => IsSame(other, wanted)) == 1)
        {
            return name;
        }

        int number = 0;
        for (int left = names.Take(typeArgument + 1).Count(other => IsSame(other, wanted)); left > 0; left--)
        {
            do
            {
                number++;
            }
            while (names.Any(other => IsSame(other, $"{wanted}{number}")));
        }

        return $"{name}{number}";
    }

    private static bool IsInput(BoundLayer layer) => layer.Definition.Role == LayerRole.Input;

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
