using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A divergence taken of probabilities as if they were logarithms, or the other way round.</summary>
internal static class DivergenceOfTheOther
{
    public const string Id = "MDL0054";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "KullbackLeibler must know whether it gets logarithms",
        "KullbackLeibler expects {0}, but [{1}] gives {2}; set {3} = {4}",
        Category.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
