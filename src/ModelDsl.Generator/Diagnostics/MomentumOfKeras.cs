using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A momentum that is the share of the past, not of the batch.</summary>
internal static class MomentumOfKeras
{
    public const string Id = "MDL0115";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The momentum is the share of the batch",
        "Momentum is the share of the batch in the running statistics, as in PyTorch, so {0} keeps only {1} of the past; what Keras calls {0} is Momentum = {1}",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
