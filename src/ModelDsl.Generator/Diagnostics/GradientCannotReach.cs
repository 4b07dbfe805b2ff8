using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>What no gradient reaches stays as it was drawn.</summary>
internal static class GradientCannotReach
{
    public const string Id = "MDL0107";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Parameters cannot receive a gradient",
        "The parameters of [{0}] cannot learn: {1}",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
