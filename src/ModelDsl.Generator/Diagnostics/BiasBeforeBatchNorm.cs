using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>What is subtracted again need not be added.</summary>
internal static class BiasBeforeBatchNorm
{
    public const string Id = "MDL0109";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A bias stands before a batch normalisation",
        "The bias of [{0}] has no effect, since [{1}] subtracts each channel's mean; set UseBias = false",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
