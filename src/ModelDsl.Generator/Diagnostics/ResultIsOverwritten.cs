using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A result of Predict is a view of the model's memory.</summary>
internal static class ResultIsOverwritten
{
    public const string Id = "MDL0110";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A kept result has been overwritten",
        "'{0}' shows the memory of {1}, which the model has written again since: use it before, or keep a copy (ToArray)",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
