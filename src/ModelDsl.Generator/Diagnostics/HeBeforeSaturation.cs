using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The initialiser of He doubles the variance because a rectifier halves it.</summary>
internal static class HeBeforeSaturation
{
    public const string Id = "MDL0105";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A saturating activation follows the initialiser of He",
        "{0} is made for rectifiers, but [{1}] saturates; use {2}",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
