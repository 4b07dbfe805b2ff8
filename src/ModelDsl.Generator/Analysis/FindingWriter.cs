using System.Globalization;

namespace ModelDsl.Generator.Analysis;

/// <summary>Makes diagnostics of findings: locations of places, and what code fixes need to know.</summary>
internal sealed class FindingWriter(Compilation compilation, PlaceLocator locator, CancellationToken cancellation)
{
    /// <summary>
    /// The property of a diagnostic whose cause is in a block, and not where the diagnostic stands: a repair there would
    /// change the wrong thing.
    /// </summary>
    public const string CauseIsElsewhere = "CauseIsElsewhere";

    /// <param name="finding">The finding.</param>
    /// <param name="ofClass">The location of one that is about no layer.</param>
    public Diagnostic Write(Finding finding, Func<Location>? ofClass = null)
    {
        Location location = finding.Place is { } place
            ? locator.Site(place).Location(finding.Argument, cancellation)
            : ofClass!();
        IEnumerable<Location> others = Others(finding).Where(other => other.IsInSource);
        ImmutableDictionary<string, string?> properties = Properties(finding);
        if (LibraryBlock(finding) is not { } block)
        {
            return finding.Message.At(location, others, properties);
        }

        // The text is out of sight, so the message says where it is.
        string message = string.Format(
            CultureInfo.InvariantCulture,
            "{0} (in the block '{1}' of {2})",
            finding.Message,
            block.ToDisplayString(),
            block.ContainingAssembly.Name);
        return Diagnostic.Create(
            finding.Rule.Id,
            finding.Rule.Category,
            message,
            finding.Rule.DefaultSeverity,
            finding.Rule.DefaultSeverity,
            isEnabledByDefault: true,
            warningLevel: finding.IsError ? 0 : 1,
            finding.Rule.Title,
            description: finding.Rule.Description,
            helpLink: finding.Rule.HelpLinkUri,
            location,
            others,
            customTags: null,
            properties);
    }

    // What is wrong within a block, or the class that is meant by a type argument; then the layers that the shape came
    // from. Nothing for what is known from metadata only.
    private IEnumerable<Location> Others(Finding finding)
    {
        if (finding.Cause is { } cause)
        {
            yield return locator.Site(cause).Location(finding.CauseArgument, cancellation);
        }
        else if (finding.Place is { } place
            && locator.TypeArgument(place, finding.Argument) is { Locations: [var declared, ..] })
        {
            // An array and dynamic are declared nowhere.
            yield return declared;
        }

        if (finding.Place is { } told && locator.Site(told).Inner is { } inner)
        {
            yield return inner;
        }

        foreach (LayerPlace origin in finding.Origins)
        {
            yield return locator.Site(origin).Location(cancellation);
        }
    }

    // Of a block that does not fit the message names the block anyway.
    private INamedTypeSymbol? LibraryBlock(Finding finding) =>
        finding.Cause is { } cause
        && finding.Rule.Id != Diagnostics.BlockDoesNotFit.Id
        && locator.Block(cause) is { } block
        && !SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, compilation.Assembly)
            ? block
            : null;

    // What code fixes read.
    private static ImmutableDictionary<string, string?> Properties(Finding finding)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (finding.Message.ForFix is { } argument)
        {
            properties = properties.Add(argument.Name, $"{argument.Value}");
        }

        properties = finding.Message.Remedy?.AddTo(properties) ?? properties;
        return finding.Cause is null ? properties : properties.Add(CauseIsElsewhere, null);
    }
}
