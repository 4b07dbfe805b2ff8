using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A recurrent layer that goes on over the steps of padding.</summary>
internal static class RecurrentReadsPadding
{
    public const string Id = "MDL0116";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A recurrent layer reads padding",
        "[{0}] does not skip the padding of [{1}], {2}; {3}",
        Category.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
