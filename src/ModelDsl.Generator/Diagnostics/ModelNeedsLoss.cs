using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The last attribute is a loss.</summary>
internal static class ModelNeedsLoss
{
    public const string Id = "MDL0008";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model needs a loss",
        "'{0}' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] or [MeanSquaredError]",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
