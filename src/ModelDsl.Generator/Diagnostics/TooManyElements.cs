using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Spans are indexed by an int.</summary>
internal static class TooManyElements
{
    public const string Id = "MDL0020";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tensor is too large",
        "The shape {0} of [{1}] has more elements than can be addressed (2,147,483,647)",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
