using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Steps in time, and a vector for each.</summary>
internal static class SequenceNeedsTwoDimensions
{
    public const string Id = "MDL0038";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A sequence has two dimensions",
        "An input sequence expects two dimensions, steps and features, got {0}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
