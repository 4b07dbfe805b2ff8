using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Rotary positions turn pairs of features.</summary>
internal static class RotaryNeedsPairs
{
    public const string Id = "MDL0076";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Rotary positions need an even number of features in a head",
        "Rotary positions turn the features of a head in pairs, but {0} is odd: {1} features from {2} in {3} heads",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
