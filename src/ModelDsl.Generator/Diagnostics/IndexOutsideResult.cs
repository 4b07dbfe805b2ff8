using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The length of a result is known where the number of samples is.</summary>
internal static class IndexOutsideResult
{
    public const string Id = "MDL0206";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An index lies outside a result",
        "{0} gives {1} values: {2} lies outside",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
