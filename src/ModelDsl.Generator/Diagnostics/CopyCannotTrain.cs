using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>What ForInference gives has packed weights, and no gradients.</summary>
internal static class CopyCannotTrain
{
    public const string Id = "MDL0207";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A copy for inference cannot be trained",
        "{0} needs a model that can be trained, but this one is a copy from ForInference, which only predicts",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
