using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A rate of 1 would leave nothing.</summary>
internal static class RateOutOfRange
{
    public const string Id = "MDL0016";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A rate must lie in [0, 1)",
        "{0} expects a {1} in [0, 1), got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
