using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;

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

    /// <summary>Whether a layer consists of blocks of which one starts with an input of its own.</summary>
    public static bool HasTowers(LayerDeclaration layer) =>
        LayerCatalog.Find(layer.AttributeType) is { TakesTowers: true }
        && layer.TypeArguments.Any(argument => argument.Block is { } block && StartsWithInput(block));

    /// <summary>Whether a block starts with an input of its own.</summary>
    public static bool StartsWithInput(BlockDeclaration block) =>
        block.Layers.Count > 0 && LayerCatalog.Find(block.Layers[0].AttributeType)?.Role == LayerRole.Input;

    /// <summary>The name of the block that a layer stands in: <c>imageTower</c> of <c>imageTower.input</c>.</summary>
    public static string ScopeOf(BoundLayer layer) => layer.Path.Substring(0, layer.Path.LastIndexOf('.'));

    /// <summary>The names of towers or heads: those of their blocks, numbered where one is used more than once.</summary>
    public static string NameOf(LayerDeclaration layer, int typeArgument)
    {
        string[] names = [.. layer.TypeArguments.Select(argument => argument.Block?.Name ?? "")];
        string name = char.ToLowerInvariant(names[typeArgument][0]) + names[typeArgument].Substring(1);
        return names.Count(other => other == names[typeArgument]) == 1
            ? name
            : name + FormattableString.Invariant($"{names.Take(typeArgument + 1).Count(other => other == names[typeArgument])}");
    }
}
