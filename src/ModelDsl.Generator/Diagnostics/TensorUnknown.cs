using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A file of another architecture is refused as a whole.</summary>
internal static class TensorUnknown
{
    public const string Id = "MDL0305";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The file of weights has a tensor that the model does not know",
        "'{0}' has the tensor '{1}' of {2}, which '{3}' does not know",
        Category.Weights,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
