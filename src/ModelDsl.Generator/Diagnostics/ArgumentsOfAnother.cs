using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Arguments as PyTorch or Keras take them.</summary>
internal static class ArgumentsOfAnother
{
    public const string Id = "MDL0117";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Another library takes these arguments",
        "[{0}] {1}; write [{2}]",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
