using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A negative factor would turn a loss or a penalty into a reward.</summary>
internal static class FactorMustNotBeNegative
{
    public const string Id = "MDL0051";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A factor must not be negative",
        "{0} expects a finite {1} of at least 0, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
