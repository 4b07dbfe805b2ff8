using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Composition ends at plain layers.</summary>
internal static class BlockContainsItself
{
    public const string Id = "MDL0031";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A block cannot contain itself",
        "The block '{0}' contains itself, so its expansion would never end",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
