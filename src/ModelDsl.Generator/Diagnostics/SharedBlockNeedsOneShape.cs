using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A shared block has one set of parameters.</summary>
internal static class SharedBlockNeedsOneShape
{
    public const string Id = "MDL0081";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Uses of a shared block must have the same input shape",
        "'{0}' is a shared block that was used on {1} by [{2}], and is used here on {3} from {4}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
