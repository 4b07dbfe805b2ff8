using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The derivative of the sigmoid is at most 1/4.</summary>
internal static class SigmoidChain
{
    public const string Id = "MDL0104";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Gradients vanish in a chain of sigmoids",
        "[{0}] is sigmoid number {1} in a row; each scales the gradient by at most 1/4, together by at most 1/{2}; use [Relu], [Gelu] or [Silu] between hidden layers",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
