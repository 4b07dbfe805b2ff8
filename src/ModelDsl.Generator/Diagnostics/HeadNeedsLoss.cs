using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A block in [Outputs] that does not say what it is trained for.</summary>
internal static class HeadNeedsLoss
{
    public const string Id = "MDL0056";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A head ends with a loss",
        "'{0}' is a head of the model and must end with a loss, such as [SoftmaxCrossEntropy] or [MeanSquaredError]",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
