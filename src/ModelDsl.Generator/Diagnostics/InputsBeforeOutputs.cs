using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Arguments in the order of PyTorch: input channels, output channels, window.</summary>
internal static class InputsBeforeOutputs
{
    public const string Id = "MDL0112";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A convolution takes filters and window only",
        "[{0}] has {1} filters and a window of {2}; if {3} is the number of output channels, as in PyTorch, write [{4}]: the number of input channels is known",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
