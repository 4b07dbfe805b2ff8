using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The first attribute states the shape of a sample.</summary>
internal static class ModelNeedsInput
{
    public const string Id = "MDL0005";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model needs an input",
        "'{0}' does not say what flows in; start its attributes with [Input(...)]",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
