using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Pad adds pixels; it does not crop.</summary>
internal static class MarginNotNegative
{
    public const string Id = "MDL0049";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A margin must not be negative",
        "{0} expects a margin of at least 0 pixels, got {1}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
