using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A reshape moves nothing.</summary>
internal static class ReshapeKeepsElements
{
    public const string Id = "MDL0013";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Reshape must keep the number of elements",
        "Reshape to {0} asks for {1} elements, but its input is {2}, {3} elements, from {4}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
