using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A layer that is tied names one that has a weight.</summary>
internal static class TiedLayerUnknown
{
    public const string Id = "MDL0077";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "No layer has the weight that another is tied to",
        "{0} is tied to '{1}', but no earlier layer of that name has a weight; those with a weight of [{2}] are: {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
