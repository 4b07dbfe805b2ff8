using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Running statistics that never move, or move beyond the batch, are none.</summary>
internal static class MomentumOutOfRange
{
    public const string Id = "MDL0045";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A momentum must lie in (0, 1]",
        "{0} expects a momentum in (0, 1], got {1}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
