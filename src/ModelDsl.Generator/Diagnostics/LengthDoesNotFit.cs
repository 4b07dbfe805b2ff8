using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>What would throw at run time is known while typing.</summary>
internal static class LengthDoesNotFit
{
    public const string Id = "MDL0201";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The number of values does not fit",
        "{0} expects {1}, got {2}",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
