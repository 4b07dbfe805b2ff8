using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Members and tensors are found by the name.</summary>
internal static class DuplicateLayerName
{
    public const string Id = "MDL0023";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Layers need different names",
        "The name '{0}' is taken by [{1}]; choose another",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
