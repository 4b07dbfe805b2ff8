using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A loss takes labels or values, and a certain number of them for each sample.</summary>
internal static class TargetsDoNotFit
{
    public const string Id = "MDL0204";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Targets do not fit the model",
        "{0} expects {1}, got {2}",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
