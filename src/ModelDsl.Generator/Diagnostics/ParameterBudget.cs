using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Parameters are one contiguous span.</summary>
internal static class ParameterBudget
{
    public const string Id = "MDL0025";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The parameters are too many",
        "The parameters of '{0}' take {1} floats, more than can be addressed (2,147,483,647)",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
