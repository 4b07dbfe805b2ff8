using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Outputs have another width than the inputs they become.</summary>
internal static class SamplesDoNotFit
{
    public const string Id = "MDL0202";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The samples of one model do not fit another",
        "{0} expects samples of {1} values ({2}), but those from {3} have {4} ({5})",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
