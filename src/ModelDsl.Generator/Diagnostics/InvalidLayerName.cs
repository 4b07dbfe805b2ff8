using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The name becomes part of members.</summary>
internal static class InvalidLayerName
{
    public const string Id = "MDL0022";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A layer's name must be an identifier",
        "'{0}' cannot name a layer, since it becomes part of a member's name; use letters, digits and underscores",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
