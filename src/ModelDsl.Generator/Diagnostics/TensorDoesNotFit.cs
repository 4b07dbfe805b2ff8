using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Loading the file would fail.</summary>
internal static class TensorDoesNotFit
{
    public const string Id = "MDL0304";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tensor in the file of weights has another shape",
        "[{0}] needs the tensor '{1}' of {2}, but '{3}' has it as {4}",
        Category.Weights,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
