using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A layer that normalizes the features of a vector.</summary>
internal static class NormalizationNeedsVector
{
    public const string Id = "MDL0074";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Normalization needs a vector",
        "{0} expects a vector or a sequence of vectors, but its input is {1} from {2}; {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
