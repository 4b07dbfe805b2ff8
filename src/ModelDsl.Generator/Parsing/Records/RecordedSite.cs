namespace ModelDsl.Generator.Parsing.Records;

/// <summary>The method of a block in another assembly, of which there is no text.</summary>
/// <param name="block">The block.</param>
internal sealed class RecordedSite(INamedTypeSymbol block) : LayerSite
{
    public override ImmutableArray<ITypeSymbol> TypeArguments => [];

    public override Location Location(CancellationToken cancellation) => block.Locations[0];

    public override Location Location(string? argument, CancellationToken cancellation) => block.Locations[0];
}
