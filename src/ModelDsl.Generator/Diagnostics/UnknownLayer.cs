using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Only ModelDsl's own layer attributes have a meaning.</summary>
internal static class UnknownLayer
{
    public const string Id = "MDL0021";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The compiler does not know the layer",
        "The compiler does not know the layer '{0}'; use a layer of ModelDsl",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
