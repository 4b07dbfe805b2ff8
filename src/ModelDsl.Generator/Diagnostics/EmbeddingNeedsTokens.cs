using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An embedding looks vectors up by tokens.</summary>
internal static class EmbeddingNeedsTokens
{
    public const string Id = "MDL0070";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Embedding needs tokens",
        "Embedding expects tokens, but its input is {0} from {1}; {2}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
