using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An embedding adds the second dimension.</summary>
internal static class TokensNeedOneDimension
{
    public const string Id = "MDL0037";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Tokens are a sequence of one dimension",
        "An input of tokens expects one dimension, the length of the sequence, got {0}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
