using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A dense layer takes one dimension.</summary>
internal static class DenseNeedsVector
{
    public const string Id = "MDL0012";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Dense needs a vector",
        "Dense expects a vector, but its input is {0} from {1}; {2}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
