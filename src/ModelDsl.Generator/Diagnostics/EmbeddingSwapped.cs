using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An embedding whose width looks like a vocabulary.</summary>
internal static class EmbeddingSwapped
{
    public const string Id = "MDL0113";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An embedding takes the vocabulary first",
        "[{0}] makes {1} features for each of {2} tokens; if {1} is the size of the vocabulary, write [{3}]",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
