using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Each head of an attention takes an equal part of the features.</summary>
internal static class HeadsMustDivideWidth
{
    public const string Id = "MDL0073";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Heads must divide the width",
        "SelfAttention splits its input's features among its heads, but {0} heads do not divide {1} features from {2}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
