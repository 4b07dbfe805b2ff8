namespace ModelDsl.Generator.Layers;

/// <summary>Finds the definition that belongs to an attribute.</summary>
internal static class LayerCatalog
{
    private static readonly Dictionary<string, LayerDefinition> Definitions = Discover();

    public static IEnumerable<LayerDefinition> All => Definitions.Values.Distinct();

    public static LayerDefinition? Find(string attributeType) =>
        Definitions.TryGetValue(attributeType, out LayerDefinition? definition) ? definition : null;

    // By reflection over the compiler's own assembly, so that a new layer is a new file and no list needs it.
    private static Dictionary<string, LayerDefinition> Discover() =>
        typeof(LayerDefinition).Assembly.GetTypes()
            .Where(type => typeof(LayerDefinition).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (LayerDefinition)Activator.CreateInstance(type))
            .SelectMany(definition => definition.AttributeTypes.Select(type => (type, definition)))
            .ToDictionary(pair => pair.type, pair => pair.definition, StringComparer.Ordinal);
}
