using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Only blocks have layers to compose.</summary>
internal static class TypeIsNotBlock
{
    public const string Id = "MDL0030";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A composed type must be a block",
        "'{0}' in [{1}] is not marked with [Block], so it has no layers to run",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
