using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A layer that works along the steps of a sequence.</summary>
internal static class LayerNeedsSequence
{
    public const string Id = "MDL0072";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Layer needs a sequence",
        "{0} expects a sequence of vectors, but its input is {1} from {2}; {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
