namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>The forward method itself, which stands for what of it cannot be read.</summary>
internal sealed class MethodSite(IMethodSymbol method) : LayerSite
{
    public override ImmutableArray<ITypeSymbol> TypeArguments => [];

    public override Location Location(CancellationToken cancellation) => method.Locations[0];

    public override Location Location(string? argument, CancellationToken cancellation) => method.Locations[0];
}
