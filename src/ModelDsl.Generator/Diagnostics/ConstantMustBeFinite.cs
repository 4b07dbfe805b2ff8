using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A parameter that starts as NaN or infinity stays so.</summary>
internal static class ConstantMustBeFinite
{
    public const string Id = "MDL0039";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A constant must be finite",
        "{0} expects a finite {1}, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
