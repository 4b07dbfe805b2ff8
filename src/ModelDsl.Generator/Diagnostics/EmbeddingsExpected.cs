using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Contrastive and triplet losses compare the rows of a sample.</summary>
internal static class EmbeddingsExpected
{
    public const string Id = "MDL0053";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A loss of distances needs embeddings",
        "{0} expects {1} as {2} rows, but its input is {3} from {4}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
