using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An image whose first dimension looks like its channels.</summary>
internal static class ChannelsFirst
{
    public const string Id = "MDL0111";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The channels of an image come last",
        "[{0}] gives [{1}] {2}, since {3}; write [{4}] if {5} is the number of channels",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
