using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated constructor sets up the model's memory.</summary>
internal static class ModelHasPrimaryConstructor
{
    public const string Id = "MDL0026";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model cannot have a primary constructor",
        "'{0}' has a primary constructor, which the generated constructor cannot call; declare an ordinary constructor that calls this(seed)",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
