using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A list of weights that is shorter or longer than what it weighs.</summary>
internal static class WeightsMustMatchOutputs
{
    public const string Id = "MDL0052";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "There must be one weight for each class or output",
        "{0} expects one weight for each {1}, {2} of them since its input comes from {3}, got {4}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
