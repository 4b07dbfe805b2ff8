using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A border of more than the whole image has nothing within.</summary>
internal static class OutputIsEmpty
{
    public const string Id = "MDL0048";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A layer must leave something",
        "{0} leaves nothing of its input of {1} from {2}: it takes more off the border than there is",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
