using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated half repeats the types around the model.</summary>
internal static class ContainingTypeMustBePartial
{
    public const string Id = "MDL0002";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A type around a model must be partial",
        "'{0}' must be declared partial, since it contains the model '{1}'",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
