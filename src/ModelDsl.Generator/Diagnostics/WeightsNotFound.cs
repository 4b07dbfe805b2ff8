using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The compiler looks at files that the project names.</summary>
internal static class WeightsNotFound
{
    public const string Id = "MDL0301";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The file of weights is not part of the build",
        "'{0}' is not among the AdditionalFiles of the project, so the compiler cannot compare it with '{1}'",
        Category.Weights,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
