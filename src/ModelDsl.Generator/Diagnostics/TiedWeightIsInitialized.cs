using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A tied weight begins as its owner says.</summary>
internal static class TiedWeightIsInitialized
{
    public const string Id = "MDL0079";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tied weight is described by its owner",
        "{0} is tied to '{1}', which says how their weight begins and is penalised: {2} has no effect here",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
