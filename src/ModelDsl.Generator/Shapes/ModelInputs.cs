namespace ModelDsl.Generator.Shapes;

/// <summary>What flows into a model: one input, or those of several towers side by side.</summary>
internal static class ModelInputs
{
    /// <summary>The shape of a sample: that of the model's own input, or a vector of those of its towers.</summary>
    public static TensorShape Shape(IReadOnlyList<BoundLayer> layers) =>
        layers[0].Definition.Role == LayerRole.Input ? layers[0].Output : new TensorShape(Towers(layers).Sum(tower => tower.Shape.Count));

    /// <summary>The inputs of the towers, by the names of their blocks; none where the model has an input of its own.</summary>
    public static IReadOnlyList<(string Name, TensorShape Shape)> Towers(IReadOnlyList<BoundLayer> layers) =>
    [
        .. layers[0].Blocks.Select(block => block.Layers[0])
            .Where(layer => layer.Definition.Role == LayerRole.Input)
            .Select(layer => (ScopeOf(layer), layer.Output)),
    ];

    /// <summary>Whether an input, or that of some tower, is of numbers: tokens have no gradient.</summary>
    public static bool HasNumbers(IReadOnlyList<BoundLayer> layers) => Towers(layers) is { Count: > 0 } towers
        ? towers.Any(tower => !tower.Shape.IsTokens)
        : !Shape(layers).IsTokens;

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

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
