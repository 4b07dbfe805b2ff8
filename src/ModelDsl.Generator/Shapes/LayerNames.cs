using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>Gives each layer its name: the one the user chose, or its kind and number.</summary>
/// <param name="layers">The layers of a model or a block.</param>
/// <param name="isInBlock">Whether it is a block.</param>
internal sealed class LayerNames(EquatableArray<LayerDeclaration> layers, bool isInBlock)
{
    private readonly Dictionary<string, int> _countOfKind = [];
    private readonly Dictionary<string, int> _indexOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _chosen =
        new(layers.Select(layer => layer.String("Name")).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <param name="number">The layer's number in its model or block.</param>
    /// <param name="index">The number of the model's attribute, for complaints.</param>
    /// <param name="issues">Where complaints go.</param>
    public string NameOf(int number, int index, List<ShapeIssue> issues)
    {
        LayerDeclaration layer = layers[number];
        string kind = char.ToLowerInvariant(layer.Kind[0]) + layer.Kind.Substring(1);
        bool isUnique = LayerCatalog.Find(layer.AttributeType)?.Role == LayerRole.Input;
        string name = isUnique ? kind : Numbered(kind, steps: layer.String("Name") is null);
        if (layer.String("Name") is { } chosen)
        {
            if (!SyntaxFacts.IsValidIdentifier(chosen) || SyntaxFacts.GetKeywordKind(chosen) != SyntaxKind.None)
            {
                issues.Add(Issue(InvalidLayerName.Rule, number, index, null, chosen));
                return name;
            }

            name = char.ToLowerInvariant(chosen[0]) + chosen.Substring(1);
        }

        if (_indexOfName.TryGetValue(name, out int other))
        {
            issues.Add(Issue(DuplicateLayerName.Rule, number, index, other, name, layers[other].Text));
        }

        _indexOfName[name] = number;
        return name;
    }

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

    private ShapeIssue Issue(DiagnosticDescriptor rule, int number, int index, int? origin, params string[] arguments) =>
        new(rule, index, "Name", arguments.ToEquatableArray(), isInBlock ? null : origin)
        {
            Inner = isInBlock ? new InnerPlace([number], "Name") : null,
            InnerOrigin = isInBlock && origin is { } other ? new InnerPlace([other], null) : null,
        };
}
