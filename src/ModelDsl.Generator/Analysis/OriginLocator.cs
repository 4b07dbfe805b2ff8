using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis;

/// <summary>Finds the places that a diagnostic points at besides its own.</summary>
internal static class OriginLocator
{
    /// <summary>
    /// What is wrong within a block, or the class that is meant by a type argument; then the layer of the block that the
    /// shape came from; then that of the model. Nothing for what is known from metadata only.
    /// </summary>
    public static IEnumerable<Location> Find(ParsedModel model, ShapeIssue issue, CancellationToken cancellation)
    {
        List<Location> found = [];
        if (issue.LayerIndex is { } index)
        {
            AttributeData layer = model.Attributes[index];
            if (issue.Inner is { } inner)
            {
                found.Add(Find(layer, inner, cancellation));
            }
            else if (issue.Argument is ['<', var digit, '>'] && layer.AttributeClass?.TypeArguments[digit - '0'] is { } type)
            {
                found.Add(type.Locations[0]);
            }

            if (issue.InnerOrigin is { } innerOrigin)
            {
                found.Add(Find(layer, innerOrigin, cancellation));
            }
        }

        if (issue.OriginIndex is { } originIndex)
        {
            found.Add(ArgumentLocator.Find(model.Attributes[originIndex], null, cancellation));
        }

        return found.Where(location => location.IsInSource);
    }

    private static Location Find(AttributeData layer, InnerPlace place, CancellationToken cancellation)
    {
        EquatableArray<int> path = place.Path;
        for (int i = 0; i + 1 < path.Count; i += 2)
        {
            var block = (INamedTypeSymbol)layer.AttributeClass!.TypeArguments[path[i]];
            ImmutableArray<AttributeData> layers = ModelParser.LayerAttributes(block);
            layer = layers[path[i + 1]];
        }

        return ArgumentLocator.Find(layer, place.Argument, cancellation);
    }
}
