namespace ModelDsl.Generator.Parsing;

/// <summary>A layer that is an attribute.</summary>
internal sealed class AttributeSite(AttributeData attribute) : LayerSite
{
    public override ImmutableArray<ITypeSymbol> TypeArguments => attribute.AttributeClass?.TypeArguments ?? [];

    public override Location Location(CancellationToken cancellation) => Location(null, cancellation);

    public override Location Location(string? argument, CancellationToken cancellation) =>
        ArgumentLocator.Find(attribute, argument, cancellation);
}
