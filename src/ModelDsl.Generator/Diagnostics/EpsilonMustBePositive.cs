using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Without it a constant channel would be divided by zero.</summary>
internal static class EpsilonMustBePositive
{
    public const string Id = "MDL0046";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An epsilon must be positive",
        "{0} expects a positive, finite epsilon, got {1}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
