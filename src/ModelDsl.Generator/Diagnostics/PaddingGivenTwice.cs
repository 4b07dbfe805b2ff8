using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Padding.Same works out what PaddingSize would say.</summary>
internal static class PaddingGivenTwice
{
    public const string Id = "MDL0043";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A padding can be said in one way",
        "{0} has {1} and a padding of {2}; leave one of them out",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
