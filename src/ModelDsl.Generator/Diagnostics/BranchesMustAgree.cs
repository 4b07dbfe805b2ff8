using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Element-wise composition needs equal shapes.</summary>
internal static class BranchesMustAgree
{
    public const string Id = "MDL0034";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Branches must have the same shape",
        "{0} joins its branches element by element, but '{1}' gives {2} and {3} gives {4}; make both the same",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
