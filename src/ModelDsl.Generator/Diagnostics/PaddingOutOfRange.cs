using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A window that sees nothing but padding computes nothing.</summary>
internal static class PaddingOutOfRange
{
    public const string Id = "MDL0042";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A padding must be smaller than the window",
        "{0} expects a padding of at least 0 and less than its window of {1}, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
