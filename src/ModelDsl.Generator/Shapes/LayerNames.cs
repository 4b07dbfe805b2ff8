using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Shapes;

/// <summary>Gives each layer its name: the one the user chose, or its kind and number.</summary>
/// <param name="layers">The layers of a model or a block.</param>
/// <param name="first">The place of the first of them.</param>
internal sealed class LayerNames(EquatableArray<LayerDeclaration> layers, LayerPlace first)
{
    private readonly Dictionary<string, int> _countOfKind = [];
    private readonly Dictionary<string, int> _indexOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _chosen =
        new(layers.Select(layer => layer.Attribute.Name).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <param name="number">The layer's number in its model or block.</param>
    /// <param name="issues">Where complaints go.</param>
    public string NameOf(int number, List<ShapeIssue> issues)
    {
        LayerDeclaration layer = layers[number];
        string kind = char.ToLowerInvariant(layer.Family[0]) + layer.Family.Substring(1);
        bool isUnique = LayerCatalog.Find(layer.AttributeType)?.Role == LayerRole.Input;
        string name = isUnique ? kind : Numbered(kind, steps: layer.Attribute.Name is null);
        if (layer.Attribute.Name is { } chosen)
        {
            if (!SyntaxFacts.IsValidIdentifier(chosen))
            {
                issues.Add(Issue(InvalidLayerName.Message(chosen), number));
                return name;
            }

            name = char.ToLowerInvariant(chosen[0]) + chosen.Substring(1);
        }

        if (_indexOfName.TryGetValue(name, out int other))
        {
            issues.Add(Issue(DuplicateLayerName.Message(name, layers[other].Text), number, other));
        }

        _indexOfName[name] = number;
        return name;
    }

    private ShapeIssue Issue(RuleMessage message, int number, int? origin = null) =>
        new(
            message,
            first.Beside(number),
            nameof(LayerAttribute.Name),
            origin is { } other ? first.Beside(other) : null);

    // The number counts the layers of the kind, and steps over what the user has chosen for another layer.
    private string Numbered(string kind, bool steps)
    {
        _countOfKind.TryGetValue(kind, out int count);
        do
        {
            count++;
        }
        while (steps && _chosen.Contains($"{kind}{count}"));

        _countOfKind[kind] = count;
        return $"{kind}{count}";
    }
}
