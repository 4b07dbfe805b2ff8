using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Two of the same squash what is left to learn from.</summary>
internal static class LossAppliesActivation
{
    public const string Id = "MDL0101";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The loss applies this activation itself",
        "{0} applies {1} itself, so another one before it {2}; remove [{3}]",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
