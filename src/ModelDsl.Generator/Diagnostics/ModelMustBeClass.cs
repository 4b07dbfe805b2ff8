using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Records, structs, static and abstract classes cannot be models.</summary>
internal static class ModelMustBeClass
{
    public const string Id = "MDL0003";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model must be an ordinary class",
        "'{0}' is {1}, but a model must be an instantiable class: it owns memory that cannot be copied or compared by value",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
