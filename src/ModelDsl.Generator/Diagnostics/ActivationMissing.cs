using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A linear map of a linear map is a linear map.</summary>
internal static class ActivationMissing
{
    public const string Id = "MDL0102";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Two linear layers follow each other",
        "[{0}] follows [{1}] without an activation between them, so both are one linear map from {2} to {3}; put an activation such as [Relu] between them",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
