using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Data flows in the order of the text, and parts have no order.</summary>
internal static class ModelInSeveralParts
{
    public const string Id = "MDL0004";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model's attributes must stand on one part of the class",
        "The attributes of '{0}' stand on several parts of the class, which have no order; move them to one part",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
