using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Copies of a block differ only in their parameters.</summary>
internal static class BlockWithoutParameters
{
    public const string Id = "MDL0108";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A block without parameters is used again",
        "The block '{0}' has no parameters, so [{1}] computes the same function with each of its copies; {2}",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
