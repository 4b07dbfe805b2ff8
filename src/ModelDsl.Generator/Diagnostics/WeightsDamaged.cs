using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A file is never trusted.</summary>
internal static class WeightsDamaged
{
    public const string Id = "MDL0302";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The file of weights cannot be read",
        "'{0}' is no sound safetensors file: {1}",
        Category.Weights,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
