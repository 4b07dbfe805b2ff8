using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A label counts the classes from 0.</summary>
internal static class LabelsDoNotFit
{
    public const string Id = "MDL0205";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Labels do not fit the classes",
        "{0} expects {1}, got {2}",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
