using System.Collections.Concurrent;

namespace ModelDsl.Generator.Analysis;

/// <summary>Finds the attributes and the blocks of a model's places.</summary>
/// <param name="attributes">The attribute of each layer of the model.</param>
internal sealed class PlaceLocator(ImmutableArray<AttributeData> attributes)
{
    // A report is read by the analyses of several types at once.
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<AttributeData>> _layers = new(SymbolEqualityComparer.Default);

    /// <summary>The attribute at a place.</summary>
    public AttributeData Attribute(LayerPlace place) => Find(place).Attribute;

    /// <summary>The block that a place is in, as it is declared; null for one in the model itself.</summary>
    public INamedTypeSymbol? Block(LayerPlace place) => Find(place).Block?.OriginalDefinition;

    /// <summary>The class that one of the attribute's type arguments names.</summary>
    public ITypeSymbol? TypeArgument(LayerPlace place, string? argument) =>
        argument is ['<', var digit, '>'] ? Attribute(place).AttributeClass?.TypeArguments[digit - '0'] : null;

    private (AttributeData Attribute, INamedTypeSymbol? Block) Find(LayerPlace place)
    {
        AttributeData attribute = attributes[place.Index];
        INamedTypeSymbol? block = null;
        foreach (BlockStep step in place.Way)
        {
            block = (INamedTypeSymbol)attribute.AttributeClass!.TypeArguments[step.TypeArgument];
            attribute = _layers.GetOrAdd(block, static type => ModelParser.LayerAttributes((INamedTypeSymbol)type))[step.Layer];
        }

        return (attribute, block);
    }
}
