using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The shape of a data set's samples is known where it is made.</summary>
internal static class DatasetDoesNotFit
{
    public const string Id = "MDL0203";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A data set does not fit the model",
        "'{0}' expects samples of {1} values ({2}), but the data set holds samples of {3} ({4})",
        Category.CallSite,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
