using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>Gives each layer its name: the one the user chose, or its kind and number.</summary>
internal sealed class LayerNames(ModelDeclaration model)
{
    private readonly Dictionary<string, int> _countOfKind = [];
    private readonly Dictionary<string, int> _indexOfName = new(StringComparer.OrdinalIgnoreCase);

    public string NameOf(int index, List<ShapeIssue> issues)
    {
        LayerDeclaration layer = model.Layers[index];
        string kind = char.ToLowerInvariant(layer.Kind[0]) + layer.Kind.Substring(1);
        _countOfKind.TryGetValue(kind, out int count);
        _countOfKind[kind] = count + 1;
        string name = index == 0 ? kind : kind + (count + 1).ToString(CultureInfo.InvariantCulture);
        if (layer.String("Name") is { } chosen)
        {
            if (!SyntaxFacts.IsValidIdentifier(chosen) || SyntaxFacts.GetKeywordKind(chosen) != SyntaxKind.None)
            {
                issues.Add(new ShapeIssue(InvalidLayerName.Rule, index, "Name", [chosen]));
                return name;
            }

            name = char.ToLowerInvariant(chosen[0]) + chosen.Substring(1);
        }

        if (_indexOfName.TryGetValue(name, out int other))
        {
            issues.Add(new ShapeIssue(DuplicateLayerName.Rule, index, "Name", [name, model.Layers[other].Text], other));
        }

        _indexOfName[name] = index;
        return name;
    }
}
