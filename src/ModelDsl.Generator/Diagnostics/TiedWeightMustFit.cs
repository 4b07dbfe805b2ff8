using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A tied weight is one tensor.</summary>
internal static class TiedWeightMustFit
{
    public const string Id = "MDL0078";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tied weight must have the shape of its owner's",
        "{0} has a weight of [{1}], but '{2}', to which it is tied, has one of [{3}]",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
