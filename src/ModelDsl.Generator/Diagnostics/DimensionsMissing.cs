using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A shape has at least one dimension.</summary>
internal static class DimensionsMissing
{
    public const string Id = "MDL0019";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A shape needs dimensions",
        "{0} expects the dimensions of a sample, such as [{0}(28, 28)] or [{0}(1)]",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
