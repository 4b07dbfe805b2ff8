using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Side by side needs equal heights.</summary>
internal static class ConcatNeedsSameRows
{
    public const string Id = "MDL0036";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Concatenated branches may differ in the last dimension only",
        "Concat puts its branches side by side along the last dimension, but '{0}' gives {1} and '{2}' gives {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
