using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Tokens are names, not quantities: no arithmetic on them means anything.</summary>
internal static class TokensNeedEmbedding
{
    public const string Id = "MDL0071";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Tokens need an embedding",
        "{0} expects numbers, but its input is {1} tokens from {2}; add [Embedding] before it",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
