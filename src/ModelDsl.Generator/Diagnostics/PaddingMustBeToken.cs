using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Padding is one of the tokens.</summary>
internal static class PaddingMustBeToken
{
    public const string Id = "MDL0082";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Padding is a token",
        "Padding is a token of an input of tokens, from 0 up, but got {0} for an input {1}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
