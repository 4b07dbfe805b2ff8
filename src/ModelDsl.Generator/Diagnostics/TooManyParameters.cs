using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Parameters are one contiguous span, and spans are indexed by an int.</summary>
internal static class TooManyParameters
{
    public const string Id = "MDL0025";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The parameters are too many",
        "The parameters of '{0}' take {1} floats, more than one span can hold (2,147,483,647); make the layers smaller",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
