using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Two unknowns have no single answer.</summary>
internal static class ReshapeInfersOneDimension
{
    public const string Id = "MDL0014";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Reshape can infer one dimension",
        "Reshape can infer one dimension, but {0} are -1; state the others",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
