using System.Collections.Concurrent;

namespace ModelDsl.Generator.Shapes;

/// <summary>Finds the definition that belongs to an attribute.</summary>
internal static class LayerCatalog
{
    private static readonly Dictionary<string, LayerRule> Definitions = Discover();
    private static readonly ConcurrentDictionary<string, LayerRule> Others = new(StringComparer.Ordinal);

    /// <summary>The definitions of the compiler's own layers.</summary>
    public static IEnumerable<LayerRule> All => Definitions.Values.Distinct();

    public static LayerRule? Find(string attributeType) =>
        Definitions.TryGetValue(attributeType, out LayerRule? definition) || Others.TryGetValue(attributeType, out definition)
            ? definition
            : null;

    /// <summary>Adds a definition that stands outside the compiler, for declarations that are made by hand.</summary>
    public static void Add(LayerRule definition) => Others[definition.AttributeType] = definition;

    // By reflection over the compiler's own assembly, so that a new layer is a new file and no list needs it.
    private static Dictionary<string, LayerRule> Discover() =>
        typeof(LayerRule).Assembly.GetTypes()
            .Where(type => typeof(LayerRule).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (LayerRule)Activator.CreateInstance(type))
            .SelectMany(definition => definition.AttributeTypes.Select(type => (type, definition)))
            .ToDictionary(pair => pair.type, pair => pair.definition, StringComparer.Ordinal);
}
