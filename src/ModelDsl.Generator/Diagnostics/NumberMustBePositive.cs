using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A scale, such as an epsilon or a standard deviation.</summary>
internal static class NumberMustBePositive
{
    public const string Id = "MDL0075";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Number must be positive",
        "{0} expects {1} above 0, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
