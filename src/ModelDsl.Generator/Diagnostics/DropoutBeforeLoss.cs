using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Dropping an output is dropping the answer.</summary>
internal static class DropoutBeforeLoss
{
    public const string Id = "MDL0103";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Dropout stands directly before the loss",
        "[{0}] zeroes outputs at random before [{1}] compares them with the targets; move it before the last layer that has parameters",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
