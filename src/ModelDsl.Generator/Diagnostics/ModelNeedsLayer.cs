using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Without a layer there is nothing to compute.</summary>
internal static class ModelNeedsLayer
{
    public const string Id = "MDL0007";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model needs a layer",
        "'{0}' has no layer between its input and its loss",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
