using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Loading the file would fail.</summary>
internal static class TensorMissing
{
    public const string Id = "MDL0303";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tensor is missing from the file of weights",
        "[{0}] needs the tensor '{1}' of {2}, which '{3}' does not have",
        Category.Weights,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
