using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>Finds what is wrong with a block whatever flows into it, used or not.</summary>
internal static class BlockInference
{
    /// <summary>
    /// Shapes of every kind, small and divisible ones among them. Only what is said of all that a layer does not refuse for
    /// its shape is said of the layer, so that one more of them makes the check stricter, never looser.
    /// </summary>
    private static readonly TensorShape[] Probes =
    [
        new(12),
        new TensorShape(6, 12) with { IsSequence = true },
        new(12, 12, 12),
        new TensorShape(8) with { IsTokens = true },
        new(1),
        new(1, 1, 1),
        new(12, 12),
        new(4, 4, 4, 4),
        new(840),
        new TensorShape(120, 840) with { IsSequence = true },
        new(60, 60, 840),
    ];

    /// <summary>The rules that the layers of a block break, at places as if they were those of a model.</summary>
    public static IReadOnlyList<ShapeIssue> Check(
        string name, EquatableArray<LayerDeclaration> layers, CancellationToken cancellation)
    {
        var issues = new List<ShapeIssue>();
        var names = new LayerNames(layers, LayerPlace.InModel(0));
        for (int i = 0; i < layers.Count; i++)
        {
            cancellation.Look();
            LayerDeclaration layer = layers[i];
            if (LayerCatalog.Find(layer.AttributeType) is not { } definition)
            {
                issues.Add(new ShapeIssue(UnknownLayer.Rule, LayerPlace.InModel(i), null, [layer.Kind]));
                continue;
            }

            // An input may begin a tower and a loss may end a head.
            bool isMisplaced = definition.Role == LayerRole.Input ? i > 0 : definition.Role == LayerRole.Loss && i < layers.Count - 1;
            if (isMisplaced)
            {
                issues.Add(new ShapeIssue(BlockHasInputOrLoss.Rule, LayerPlace.InModel(i), null, [name, layer.Text]));
            }

            if (layer.IsWellFormed)
            {
                names.NameOf(i, issues);
                issues.AddRange(CheckLayer(layer, definition.Role, cancellation).Select(issue => Move(issue, i)));
            }
        }

        return issues;
    }

    private static IEnumerable<ShapeIssue> CheckLayer(LayerDeclaration layer, LayerRole role, CancellationToken cancellation)
    {
        ShapeIssue? found = null;
        foreach (TensorShape probe in role == LayerRole.Input ? [new TensorShape()] : Probes)
        {
            var binder = new LayerBinder(cancellation);
            if (binder.BindAlone(layer, probe))
            {
                return [];
            }

            // Names have been looked at together.
            foreach (ShapeIssue issue in binder.Issues.Where(issue => issue.IsOfText && issue.Argument != "Name"))
            {
                if (found is not null && found != issue)
                {
                    return [];
                }

                found = issue;
            }
        }

        return found is null ? [] : [found];
    }

    private static ShapeIssue Move(ShapeIssue issue, int number) => issue with
    {
        Place = issue.Place! with { Index = number },
        Origin = issue.Origin is { } origin ? origin with { Index = number } : null,
        Cause = issue.Cause is { } cause ? Move(cause, number) : null,
    };
}
