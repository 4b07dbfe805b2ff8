using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Extents and counts are at least 1.</summary>
internal static class SizeMustBePositive
{
    public const string Id = "MDL0015";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A size must be positive",
        "{0} expects a {1} of at least 1, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
