using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The compiler writes code for each layer, so that a count with a digit too many would never end.</summary>
internal static class TooManyLayers
{
    public const string Id = "MDL0040";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model has too many layers",
        "The blocks of [{0}] bring the model beyond {1} layers, the most that it can have",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
