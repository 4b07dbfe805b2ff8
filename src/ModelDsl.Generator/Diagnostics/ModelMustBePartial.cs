using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated half needs a partial class to go to.</summary>
internal static class ModelMustBePartial
{
    public const string Id = "MDL0001";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model must be partial",
        "'{0}' must be declared partial, since the compiler adds its other part",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
