using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Nothing repeated is nothing.</summary>
internal static class CountTooSmall
{
    public const string Id = "MDL0035";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A count must be positive",
        "{0} expects a count of at least 1, got {1}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
