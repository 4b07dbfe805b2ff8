using System.Collections.Concurrent;
using ModelDsl.Generator.Parsing.Records;

namespace ModelDsl.Generator.Analysis;

/// <summary>Finds the text and the blocks of a model's places.</summary>
/// <param name="sites">Finds where each layer of the model stands; asked when a place is first looked for.</param>
/// <param name="cancellation">Looked at where a block is read.</param>
internal sealed class PlaceLocator(Func<ImmutableArray<LayerSite>> sites, CancellationToken cancellation)
{
    private readonly Lazy<ImmutableArray<LayerSite>> _sites = new(sites);

    // A report is read by the analyses of several types at once.
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<LayerSite>> _layers = new(SymbolEqualityComparer.Default);

    /// <summary>Where the layer at a place stands.</summary>
    public LayerSite Site(LayerPlace place) => Find(place).Site;

    /// <summary>The block that a place is in, as it is declared; null for one in the model itself.</summary>
    public INamedTypeSymbol? Block(LayerPlace place) => Find(place).Block?.OriginalDefinition;

    /// <summary>The class that one of the attribute's type arguments names.</summary>
    public ITypeSymbol? TypeArgument(LayerPlace place, string? argument) =>
        argument is ['<', var digit, '>'] ? Site(place).TypeArguments.ElementAtOrDefault(digit - '0') : null;

    private (LayerSite Site, INamedTypeSymbol? Block) Find(LayerPlace place)
    {
        LayerSite site = _sites.Value[place.Index];
        INamedTypeSymbol? block = null;
        foreach (BlockStep step in place.Way)
        {
            block = (INamedTypeSymbol)site.TypeArguments[step.TypeArgument];
            if (RecordedBlocks.AreFor(block))
            {
                return (new RecordedSite(block), block);
            }

            site = _layers.GetOrAdd(block, type => SitesOf((INamedTypeSymbol)type))[step.Layer];
        }

        return (site, block);
    }

    private ImmutableArray<LayerSite> SitesOf(INamedTypeSymbol block) => new LayerParser(cancellation).Parse(block).Sites;
}
