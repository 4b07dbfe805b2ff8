using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A sequence that is too long for a method that a reader or the just-in-time compiler could take.</summary>
internal static class TooManyStepsToUnroll
{
    public const string Id = "MDL0087";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Too many steps to write down",
        "{0} writes down at most {1} steps, got {2}; leave Unroll out, and a loop passes over them with the same results",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
