using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Nothing flows behind the loss.</summary>
internal static class LayerAfterLoss
{
    public const string Id = "MDL0009";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The loss must come last",
        "[{0}] stands after the loss [{1}], where nothing flows any more; move the loss to the end",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
