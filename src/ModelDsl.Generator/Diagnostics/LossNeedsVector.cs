using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The loss compares one score for each class.</summary>
internal static class LossNeedsVector
{
    public const string Id = "MDL0017";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The loss needs a vector",
        "{0} expects one vector of scores, but its input is {1} from {2}; {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
